/** What agents found out in tickets, proposed as articles: only a question nobody can ask the desk yet, and never published by itself. */
import { maskText } from '../../adapters/mask';
import { bare } from '../../knowledge/normalise';
import type { TicketDoc } from '../store/documents';
import type { Store } from '../store/store';
import type { AlikeAmong } from './alike';
import { type Pause, withoutPause } from './pace';

const LOOKED_AT = 2_000;
/** A result shorter than this says that something was done, not how it is. */
const SHORTEST_RESULT = 12;

export type Draft = Readonly<{ ticket: string; question: string; answer: string; department: string; alike: readonly string[]; at: Date }>;

/** Newest first. `isKnown` says whether the desk answers a question already. */
export async function proposedDrafts(
  store: Pick<Store, 'tickets' | 'drafts'>,
  isKnown: (question: string) => boolean,
  alikeAmong: AlikeAmong,
  pause: Pause = withoutPause,
): Promise<readonly Draft[]> {
  const [tickets, decided] = await Promise.all([
    store.tickets.find({ result: { $exists: true } }, { sort: { resolvedAt: -1 }, limit: LOOKED_AT }),
    store.drafts.find({}),
  ]);
  const seen = new Set(decided.map(({ _id }) => _id));
  const told = tickets
    .filter(({ _id }) => !seen.has(_id))
    .map((ticket) => ({ ticket, ...spoken(ticket) }))
    .filter(({ question, answer }) => bare(question) !== '' && answer.length >= SHORTEST_RESULT);
  const alike = alikeAmong(told.map(({ ticket, question }) => ({ id: ticket._id, question })));
  const proposed = new Map<string, Draft & { alike: string[] }>();
  for (const { ticket, question, answer } of told) {
    await pause();
    if (isKnown(question)) continue;
    const near = alike.nearest(question);
    if (near !== undefined) {
      proposed.get(near)?.alike.push(ticket._id);
      continue;
    }
    alike.see(ticket._id);
    const at = ticket.resolvedAt ?? ticket.updatedAt;
    proposed.set(ticket._id, { ticket: ticket._id, question, answer, department: ticket.department, alike: [], at });
  }
  return [...proposed.values()];
}

/** A person decided about a draft: it is not proposed again. */
export async function decideDraft(
  store: Pick<Store, 'drafts'>,
  ticket: string,
  decision: 'published' | 'dropped',
  by: string,
  at: Date,
): Promise<void> {
  await store.drafts.update({ _id: ticket }, { $set: { decision, by, at } }, { upsert: true });
}

/** Question and result without what belongs to one customer alone: numbers and the names the ticket knows. */
function spoken({ slots, result = '' }: TicketDoc): Readonly<{ question: string; answer: string }> {
  const own = (['name', 'school', 'class'] as const).flatMap((slot) => (slots[slot] ? [slots[slot].raw, slots[slot].value] : []));
  const names = own.filter((text) => text.length > 1).sort((a, b) => b.length - a.length);
  const without = (text: string): string => names.reduce((rest, name) => rest.replaceAll(name, '……'), maskText(text)).trim();
  return { question: without(slots.issue?.value ?? ''), answer: without(result) };
}

/** The draft as the file of an article, with what only a person can say left to fill in. */
export function draftFile({ question, answer, department, ticket }: Draft): string {
  return `---
id: 
category: 
question: ${JSON.stringify(question)}
variants:
  - 
audience: [parent]
department: ${department}
evidence: [S]
mustMatch:
  - 
mustNotMatch:
  - 
---
${answer}
`.replace('---\n', `---\n# 来自工单 ${ticket}：请改写问题和答案，去掉只属于这一位客户的内容，再补全空着的各项\n`);
}
