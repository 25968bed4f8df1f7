/** What a page may post, checked: the shape of every act, and the event it becomes. */
import { z } from 'zod';
import { SLOT_NAMES } from '../../dialogs/vocabulary';
import type { Agent, AgentEvent } from '../desk';
import type { Files } from '../files';
import { MAX_FIELD, MAX_FILES, MAX_TEXT, type PageAct } from './wire';

const id = z.string().regex(/^[\w-]{8,64}$/, 'must be 8 to 64 letters, digits, - or _');
const text = z.string().trim().min(1, '请填写内容。').max(MAX_TEXT, `内容太长，请控制在 ${MAX_TEXT} 字以内。`);
const Act: z.ZodType<PageAct> = z.union([
  z.strictObject({ kind: z.literal('claim'), id, takeOver: z.boolean().optional() }),
  z
    .strictObject({
      kind: z.literal('reply'),
      id,
      text: z.string().trim().max(MAX_TEXT),
      attachments: z.array(z.string().max(1_000)).max(MAX_FILES).optional(),
    })
    .refine(({ text: said, attachments = [] }) => said !== '' || attachments.length > 0),
  z.strictObject({ kind: z.literal('note'), id, text }),
  z.strictObject({ kind: z.literal('assign'), id, agent: z.string().min(1) }),
  z.strictObject({ kind: z.literal('assign'), id, department: z.string().min(1).max(MAX_FIELD) }),
  z.strictObject({ kind: z.literal('amend'), id, values: z.partialRecord(z.enum(SLOT_NAMES), z.string().max(MAX_FIELD)) }),
  z.strictObject({ kind: z.enum(['escalate', 'reopen']), id, reason: text }),
  z.strictObject({ kind: z.enum(['acknowledge', 'return']), id }),
  z.strictObject({ kind: z.literal('merge'), id, with: z.string().min(1).max(100) }),
  z.strictObject({ kind: z.literal('unmerge'), id, merge: z.string().min(1).max(MAX_FIELD) }),
  z.strictObject({
    kind: z.literal('resolve'),
    id,
    result: z.string().trim().max(MAX_TEXT),
    cause: z.string().trim().max(MAX_TEXT).optional(),
  }),
]);
const Click = z.strictObject({ id });

/** Null when it is no act. */
export const readAct = (body: unknown): PageAct | null => Act.safeParse(body).data ?? null;
export const readClick = (body: unknown): Readonly<{ id: string }> | null => Click.safeParse(body).data ?? null;

type Doer = Readonly<{ agent: Agent; at: number; ticket: string; colleagues: readonly Agent[]; linked: Files['linked'] }>;

/** A sentence when it is meant for a colleague nobody knows, or brings a file that is gone. */
export function eventOf(act: PageAct, { agent, at, ticket, colleagues, linked }: Doer): AgentEvent | string {
  // Two agents' pages never make the same id, be it by chance or on purpose.
  const by = { id: `page/${agent.id}/${act.id}`, at, ticket, agent: agent.id, agentName: agent.name };
  if (act.kind === 'reply') {
    const { attachments: urls = [], ...said } = act;
    const attachments = urls.flatMap((url) => linked(url) ?? []);
    if (attachments.length < urls.length) return '有文件已失效，请移除后重新上传。';
    return { ...said, ...by, ...(attachments.length > 0 && { attachments }) };
  }
  if (act.kind === 'merge' || act.kind === 'unmerge') return { ...act, ...by, supervisor: agent.supervisor };
  if (act.kind !== 'assign') return { ...act, ...by };
  if ('department' in act) return { ...by, kind: 'assign', to: { department: act.department } };
  const to = colleagues.find((one) => one.id === act.agent);
  return to ? { ...by, kind: 'assign', to: { agent: to.id, agentName: to.name } } : '没有这位同事，请刷新页面后重选。';
}
