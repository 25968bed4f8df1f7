/** The part of hoodiecrow-imap that the tests use; the package brings no types. */
declare module 'hoodiecrow-imap' {
  import type { Server, Socket } from 'node:net';

  namespace hoodiecrow {
    export type StoredMail = { uid: number; flags: string[]; raw: string; internaldate: string };
    export type Folder = { messages: StoredMail[]; uidvalidity: number; uidnext: number };
    export type ImapConnection = {
      socket: Socket | null;
      directNotifications: boolean;
      inputHandler: false | ((line: string) => void);
      send(response: object): void;
      processNotifications(): void;
    };
    type Handler = (connection: ImapConnection, parsed: { tag: string }, data: string, callback: () => void) => void;
    export type ImapServer = {
      server: Server;
      folderCache: Record<string, Folder>;
      appendMessage(folder: string, flags: string[], date: string | Date, raw: string): { message: StoredMail };
      formatInternalDate(date: Date): string;
      getCommandHandler(command: string): Handler | false;
      setCommandHandler(command: string, handler: Handler): void;
    };
  }
  function hoodiecrow(options: {
    plugins: string[];
    users: Record<string, { password: string }>;
    storage: Record<string, unknown>;
    secureConnection?: boolean;
    credentials?: { key: string; cert: string };
  }): hoodiecrow.ImapServer;
  export = hoodiecrow;
}
