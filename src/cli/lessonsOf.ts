/** Where a command finds what the desk knows: in the store, with the running server that has it, or, for looking alone, in the program's own articles. */
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { loadArticles } from '../../knowledge/load';
import { ARTICLES, openConfigured } from '../assemble';
import type { Config } from '../config';
import { createLessons, type Known, type Lessons } from '../learning/lessons';
import { createLog } from '../log';
import { announced } from '../running';
import { knowledgeOptions, loadSettings } from '../settings';
import { StoreError } from '../store/collection';
import { remoteLessons } from './remoteLessons';

/** A server that has the embedded store is asked instead; without one, a locked store rejects with what to do. */
export async function withLessons<T>(config: Config, use: (lessons: Lessons) => Promise<T>): Promise<T> {
  const store = await openConfigured(config, createLog('error')).catch(async (error: unknown) => {
    const server = isRefused(error, 'locked') ? await announced(config.DATA_DIR) : null;
    if (!server) throw error;
    return server;
  });
  if ('url' in store) return use(remoteLessons(store));
  try {
    const [shipped, settings] = await Promise.all([loadArticles(ARTICLES), loadSettings(store)]);
    return await use(createLessons({ store, shipped, options: knowledgeOptions(settings), now: Date.now }));
  } finally {
    await store.close();
  }
}

/** What the desk would answer from. `say` is told when that cannot be read and the program's own articles stand in. */
export async function knownTo(config: Config, say: (line: string) => void): Promise<Known> {
  const own = async (): Promise<Known> => ({ articles: await loadArticles(ARTICLES), options: {}, schools: [] });
  // Looking must not make a data folder where there is none.
  if (!config.MONGODB_URI && !(await stat(join(config.DATA_DIR, 'settings.db')).catch(() => null))) return own();
  try {
    return await withLessons(config, (lessons) => lessons.known());
  } catch (error) {
    if (!isRefused(error, 'locked') && !isRefused(error, 'unwritable')) throw error;
    say(`qiao: ${error.message}. 以下只按程序自带的文章回答 / answered from the program's own articles alone`);
    return own();
  }
}

const isRefused = (error: unknown, code: string): error is StoreError => error instanceof StoreError && error.code === code;
