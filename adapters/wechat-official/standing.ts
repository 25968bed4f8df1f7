/** How we stand with one customer: what we heard, and which answers went where. Pure. */
import { z } from 'zod';
import type { Instant } from '../../dialogs/vocabulary';
import type { Grant } from '../budget';

const Standing = z.object({
  /** Messages by their platform id and when their last delivery came. */
  heard: z.array(z.object({ id: z.string(), at: z.number() })),
  /** Answers that went as the response to a request, under the id of the message; `key` is the reply in it, null when it held only what had waited. */
  passive: z.array(z.object({ id: z.string(), key: z.string().nullable(), text: z.string() })),
  /** The place of the last reply that is through, held or given up. */
  lastSeq: z.number(),
  /** How many messages of a reply are through, so that the next try goes on behind them. */
  progress: z.object({ key: z.string(), parts: z.number() }).nullable(),
  /** When the customer was last invited by a template to write again. */
  invitedAt: z.number().nullable(),
  /** The customer unfollowed the account. */
  gone: z.boolean(),
});
export type Standing = Readonly<z.infer<typeof Standing>>;
/** What a customer did, by what it lets us send: 5 messages within 48 hours of a message, 3 within a minute of a menu, a scan or a follow. */
export type Opens = 'message' | 'act';

const grants = {
  message: { left: 5, ms: 48 * 60 * 60_000 },
  act: { left: 3, ms: 60_000 },
} as const satisfies Readonly<Record<Opens, Readonly<{ left: number; ms: number }>>>;

export const grantOf = (opens: Opens, act: string, at: Instant): Grant => ({
  kind: opens,
  act,
  left: grants[opens].left,
  until: at + grants[opens].ms,
});
const HEARD_KEPT = 8;

const STRANGER: Standing = {
  heard: [],
  passive: [],
  lastSeq: 0,
  progress: null,
  invitedAt: null,
  gone: false,
};

export function standingOf(value: unknown): Standing {
  const parsed = Standing.safeParse(value);
  return parsed.success ? parsed.data : STRANGER;
}

export const knows = ({ heard }: Standing, id: string): boolean => heard.some((one) => one.id === id);

/** The customer did something, perhaps delivered once more. */
export function hear(standing: Standing, heard: Readonly<{ id: string; at: Instant; opens: Opens | null }>): Standing {
  const { id, at, opens } = heard;
  return {
    ...standing,
    heard: [...standing.heard.filter((one) => one.id !== id), { id, at }].slice(-HEARD_KEPT),
    gone: false,
    ...(opens === 'message' && { invitedAt: null }),
  };
}

export const leave = (standing: Standing): Standing => ({ ...standing, gone: true });

/** So many messages of a reply are through. */
export const passed = (standing: Standing, key: string, parts: number): Standing => ({ ...standing, progress: { key, parts } });
/** Nothing more is to come of the reply in this place. */
export const ended = (standing: Standing, seq: number): Standing => ({ ...standing, lastSeq: Math.max(standing.lastSeq, seq) });

/** The response to message `id` is out, with this reply in it unless it held only what had waited. */
export function respond(standing: Standing, id: string, text: string, reply: Readonly<{ key: string; seq: number }> | null): Standing {
  const passive = [...standing.passive.filter((one) => one.id !== id), { id, key: reply?.key ?? null, text }];
  const next = { ...standing, passive: passive.slice(-HEARD_KEPT) };
  return reply ? ended(next, reply.seq) : next;
}
