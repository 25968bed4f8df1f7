/** The whole desk behind the web chat: real engine, knowledge base and embedded store on disk, on a real port. */
import { randomUUID } from 'node:crypto';
import { join, resolve } from 'node:path';
import express from 'express';
import type { Channel } from '../../adapters/channel';
import { holderOf } from '../../dialogs/holder';
import { begin, step } from '../../dialogs/step';
import type { ChannelName } from '../../dialogs/vocabulary';
import { createKnowledge } from '../../knowledge';
import { loadArticles } from '../../knowledge/load';
import { createSchoolDirectory } from '../../knowledge/schools';
import type { Conversations } from '../../src/conversation/conversations';
import { createConversations } from '../../src/conversation/createConversations';
import { realTime } from '../../src/conversation/deps';
import { Settings } from '../../src/settings';
import { createEmbeddedStore } from '../../src/store/embedded';
import type { Store } from '../../src/store/store';
import { serveWeb } from './webServer';

const silent = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };
/** A working day in the desk's hours, so that nothing depends on when the test runs. */
const WORKDAY = Date.UTC(2026, 10, 18, 2);

export type RealDesk = Readonly<{ url: string; store: Store; conversations: Conversations; close(): Promise<void> }>;

export async function openRealDesk(dir: string, pages: string): Promise<RealDesk> {
  const store = await createEmbeddedStore({ dir: join(dir, 'store') });
  await store.schools.insert({ _id: 'shiyan', name: '南宁市实验小学', aliases: ['实验小学'] });
  const knowledge = createKnowledge(await loadArticles(resolve(__dirname, '../../knowledge/articles')));
  const settings = Settings.parse({});
  const channels = new Map<ChannelName, Pick<Channel, 'send'>>();
  const began = Date.now();
  const conversations = createConversations({
    store,
    step,
    begin,
    holderOf,
    settings: () => settings,
    knowledge,
    classify: () => [],
    createDirectory: createSchoolDirectory,
    channels,
    now: () => WORKDAY + Date.now() - began,
    newId: randomUUID,
    log: silent,
    scheduler: realTime,
  });
  const stop = await conversations.start();
  const { settle } = conversations;
  const page = express.Router().use(express.static(pages));
  const server = await serveWeb(conversations, { uploads: { dir: join(dir, 'uploads') }, settle }, 0, [page]);
  channels.set('web', server.web);
  return {
    url: server.url,
    store,
    conversations,
    async close() {
      await server.close();
      await stop();
      await store.close();
    },
  };
}
