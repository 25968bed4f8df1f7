/** Keeps a knowledge base that answers up to date with what people teach the desk, in whichever process they did. */
import type { Article } from '../../knowledge/article';
import type { KnowledgeBase } from '../../knowledge/index';
import type { Scheduler } from '../conversation/deps';
import type { Log } from '../log';
import type { Store } from '../store/store';
import { lessonsSoFar, taughtBase } from './taught';

const LOOK_MS = 5_000;

export type Following = Readonly<{
  /** Looks whether there is something new and takes it over. */
  look(): Promise<void>;
  /** Looks again and again; returns what ends it. */
  start(scheduler: Pick<Scheduler, 'every'>): () => void;
}>;

/** `shipped` are the articles that come with the program; `knowledge` holds what was taught until lesson `since`. */
export function createFollowing(
  deps: Readonly<{
    store: Pick<Store, 'variants' | 'articles' | 'counters'>;
    knowledge: Pick<KnowledgeBase, 'put' | 'remove' | 'articles'>;
    shipped: readonly Article[];
    since: number;
    log: Pick<Log, 'info' | 'warn'>;
  }>,
): Following {
  const { store, knowledge, log } = deps;
  let since = deps.since;

  async function look(): Promise<void> {
    const lessons = await lessonsSoFar(store);
    if (lessons === since) return;
    const { articles, problems } = await taughtBase(store, deps.shipped);
    const known = new Map(knowledge.articles().map((article) => [article.id, JSON.stringify(article)]));
    const changed = articles.filter((article) => known.get(article.id) !== JSON.stringify(article));
    const ids = new Set(articles.map(({ id }) => id));
    knowledge.put(changed);
    for (const id of known.keys()) if (!ids.has(id)) knowledge.remove(id);
    since = lessons;
    log.info({ lessons, changed: changed.map(({ id }) => id) }, 'the knowledge base learnt');
    for (const { file, problem } of problems) log.warn({ file, problem }, 'a lesson does not fit');
  }

  const start = (scheduler: Pick<Scheduler, 'every'>): (() => void) =>
    scheduler.every(LOOK_MS, () => {
      look().catch((error) => log.warn({ err: error }, 'lessons could not be read'));
    });
  return { look, start };
}
