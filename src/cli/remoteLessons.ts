/** The lessons of a running server, asked over its API. */
import { z } from 'zod';
import type { Lesson, Lessons } from '../learning/lessons';
import type { Running } from '../running';
import { UsageError } from './lines';

const Refusal = z.object({ error: z.object({ code: z.string(), message: z.string() }) });
const DAY_MS = 86_400_000;
/** A trial asks thousands of questions beside the customers' own. */
const WAIT_MS = 120_000;

/** Throws UsageError with what the server says, or that it does not answer. What it answers is our own, so its shape is trusted. */
export function remoteLessons({ url, token }: Running, now: () => number = Date.now): Lessons {
  async function ask(
    method: string,
    path: string,
    body?: unknown,
  ): Promise<Readonly<{ code: string | null; message: string; json: unknown }>> {
    const response = await fetch(`${url}/api/knowledge${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, ...(body !== undefined && { 'content-type': 'application/json' }) },
      ...(body !== undefined && { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(WAIT_MS),
    }).catch((cause) => {
      throw new UsageError(
        `the server at ${url}, which has the data folder, does not answer (${reasonOf(cause)}); look at its log, or stop it first`,
      );
    });
    const json: unknown = await response.json().catch(() => null);
    if (response.ok) return { code: null, message: '', json };
    const refused = Refusal.safeParse(json);
    if (!refused.success) throw new UsageError(`${url} answered ${response.status}, and is no server of this program`);
    return { ...refused.data.error, json };
  }
  async function fetched<T>(path: string): Promise<T> {
    const { code, message, json } = await ask('GET', path);
    if (code !== null) throw new UsageError(message);
    return json as T; // see above
  }
  async function taught(path: string, body: object): Promise<Lesson> {
    const { code, message, json } = await ask('POST', path, body);
    if (code === null) return json as Lesson; // see above
    if (code === 'lesson-refused') return { ok: false, problem: message };
    throw new UsageError(message);
  }
  async function removed(path: string): Promise<boolean> {
    const { code, message } = await ask('DELETE', path);
    if (code !== null && code !== 'lesson-unknown') throw new UsageError(message);
    return code === null;
  }
  const dated = <T, K extends keyof T>(values: readonly T[], key: K): T[] =>
    values.map((value) => ({ ...value, [key]: new Date(String(value[key])) }));

  return {
    known: () => fetched(''),
    async gaps(since) {
      const days = Math.max(1, Math.round((now() - since.getTime()) / DAY_MS));
      const { gaps } = await fetched<{ gaps: Awaited<ReturnType<Lessons['gaps']>> }>(`/gaps?days=${days}`);
      return dated(gaps, 'last');
    },
    learn: (lesson) => taught('/variants', lesson),
    forget: (text) => removed(`/variants?text=${encodeURIComponent(text)}`),
    addArticle: (lesson) => taught('/articles', lesson),
    withdraw: (id) => removed(`/articles/${encodeURIComponent(id)}`),
    async drafts() {
      const { drafts } = await fetched<{ drafts: Awaited<ReturnType<Lessons['drafts']>> }>('/drafts');
      return dated(drafts, 'at');
    },
    async dropDraft(ticket, by) {
      await removed(`/drafts/${encodeURIComponent(ticket)}?by=${encodeURIComponent(by)}`);
    },
  };
}

const reasonOf = (cause: unknown): string =>
  cause instanceof Error ? (cause.cause instanceof Error ? cause.cause.message : cause.message) : String(cause);
