/** What people may ask and teach of the desk's knowledge, over a store at hand; a running server offers the same over HTTP. */
import type { Article } from '../../knowledge/article';
import type { Comparison } from '../../knowledge/compare';
import type { KnowledgeOptions } from '../../knowledge/index';
import { createLanguages } from '../../knowledge/languages';
import type { SchoolDoc } from '../store/documents';
import type { Store } from '../store/store';
import { createAlike } from './alike';
import { type Draft, decideDraft, proposedDrafts } from './drafts';
import { type GapGroup, groupedGaps } from './gaps';
import { writtenIn } from './language';
import type { Pause } from './pace';
import { taughtBase } from './taught';
import { forgetVariant, keepArticle, keepVariant, type Trial, tryArticle, tryVariant, withdrawArticle } from './teach';

/** What the desk answers from: its articles, what the place set, and the schools it knows. */
export type Known = Readonly<{
  articles: readonly Article[];
  options: KnowledgeOptions;
  schools: readonly Readonly<Pick<SchoolDoc, 'name' | 'aliases'>>[];
}>;
/** `by` is the person who decides; `dryRun` only tries. */
export type Given = Readonly<{ by: string; dryRun: boolean }>;
/** `kept` is false when it was only tried or breaks a promise; `problem` says what to do instead. */
export type Lesson = Readonly<{ ok: true; article: string; kept: boolean; comparison: Comparison } | { ok: false; problem: string }>;

export type Lessons = Readonly<{
  known(): Promise<Known>;
  gaps(since: Date): Promise<readonly GapGroup[]>;
  /** Teaches a wording for an article when no promise breaks (S3-47). */
  learn(given: Given & Readonly<{ article: string; text: string }>): Promise<Lesson>;
  /** False when nobody taught it. */
  forget(text: string): Promise<boolean>;
  /** Publishes the text of an article's file when no promise breaks; `ticket` is the one whose resolution it was. */
  addArticle(given: Given & Readonly<{ text: string; ticket?: string | undefined }>): Promise<Lesson>;
  /** False when none of this id was published here. */
  withdraw(id: string): Promise<boolean>;
  drafts(): Promise<readonly Draft[]>;
  dropDraft(ticket: string, by: string): Promise<void>;
}>;

export type LessonDeps = Readonly<{
  store: Pick<Store, 'variants' | 'articles' | 'counters' | 'gaps' | 'answers' | 'tickets' | 'drafts' | 'schools'>;
  shipped: readonly Article[];
  options: KnowledgeOptions;
  now: () => number;
  pause?: Pause;
  /** Called once something was kept or taken back. */
  changed?: () => Promise<void>;
}>;

export function createLessons({ store, shipped, options, now, pause, changed }: LessonDeps): Lessons {
  const { settings: _, ...searched } = options;
  const teaching = { store, shipped, options: { ...searched, ...(pause && { pause }) } };
  const known = async () => (await taughtBase(store, shipped)).articles;

  async function isKnown(): Promise<(question: string) => boolean> {
    const { search } = createLanguages(await known(), searched);
    return (question) => search(writtenIn(question), question, 1).decision === 'answer';
  }

  async function told(kept: boolean): Promise<boolean> {
    if (kept) await changed?.();
    return kept;
  }

  async function given(trial: Trial, article: string, { dryRun }: Given, keep: () => Promise<boolean>): Promise<Lesson> {
    if (!trial.ok) return trial;
    const { comparison } = trial;
    if (dryRun || comparison.broken.length > 0) return { ok: true, article, kept: false, comparison };
    if (await told(await keep())) return { ok: true, article, kept: true, comparison };
    return { ok: false, problem: 'somebody taught the same in this moment; see qiao ask' };
  }

  return {
    async known() {
      const schools = await store.schools.find({}, { sort: { _id: 1 } });
      return { articles: await known(), options, schools: schools.map(({ name, aliases }) => ({ name, aliases })) };
    },
    gaps: async (since) => groupedGaps(store, createAlike(shipped, searched), { since, isKnown: await isKnown(), ...(pause && { pause }) }),
    async learn(lesson) {
      const { article, text, by } = lesson;
      return given(await tryVariant(teaching, article, text), article, lesson, () =>
        keepVariant(teaching, article, text, by, new Date(now())),
      );
    },
    forget: async (text) => told(await forgetVariant(teaching, text)),
    async addArticle(lesson) {
      const { text, by, ticket } = lesson;
      const trial = await tryArticle(teaching, text);
      const id = trial.id ?? '';
      return given(trial, id, lesson, async () => {
        await keepArticle(teaching, id, text, by, new Date(now()));
        if (ticket !== undefined) await decideDraft(store, ticket, 'published', by, new Date(now()));
        return true;
      });
    },
    withdraw: async (id) => told(await withdrawArticle(teaching, id)),
    drafts: async () => proposedDrafts(store, await isKnown(), createAlike(shipped, searched), pause),
    dropDraft: (ticket, by) => decideDraft(store, ticket, 'dropped', by, new Date(now())),
  };
}

/** One act after the other, so that nothing is tried against a base that changes meanwhile, nor the machine kept busy twice. */
export function oneAtATime(lessons: Lessons): Lessons {
  let last: Promise<unknown> = Promise.resolve();
  const queued =
    <A extends readonly unknown[], R>(act: (...given: A) => Promise<R>) =>
    (...given: A): Promise<R> => {
      const done = last.then(() => act(...given));
      last = done.catch(() => undefined);
      return done;
    };
  return {
    known: lessons.known,
    gaps: queued(lessons.gaps),
    learn: queued(lessons.learn),
    forget: queued(lessons.forget),
    addArticle: queued(lessons.addArticle),
    withdraw: queued(lessons.withdraw),
    drafts: queued(lessons.drafts),
    dropDraft: queued(lessons.dropDraft),
  };
}
