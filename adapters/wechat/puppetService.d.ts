/**
 * What we use of wechaty-puppet-service, to which tsconfig.json points instead of the package's own types: those change Node's `promisify` for
 * the whole program.
 */
import type { impls, Puppet, PuppetOptions } from 'wechaty-puppet';

type Client = PuppetOptions & Readonly<{ tls?: Readonly<{ caCert?: string; serverName?: string; disable?: boolean }> }>;
/** The connection of one life; its events are those of the stream in which the gateway tells what happens. */
export type GrpcManager = Readonly<{
  client: Readonly<{ close(): void }>;
  eventStream?: Readonly<{ destroyed: boolean }>;
  on(event: 'end', heard: () => void): unknown;
}>;
export declare class PuppetService extends Puppet {
  constructor(options?: Client);
  onStart(): Promise<void>;
  onStop(): Promise<void>;
  protected hookPayloadStore(): void;
  protected bridgeGrpcEventStream(manager: GrpcManager): void;
  get grpcManager(): GrpcManager;
}

type Server = Readonly<{ endpoint: string; puppet: impls.PuppetInterface; token: string; tls?: Readonly<{ disable?: boolean }> }>;
export declare class PuppetServer {
  constructor(options: Server);
  start(): Promise<void>;
  stop(): Promise<void>;
}
