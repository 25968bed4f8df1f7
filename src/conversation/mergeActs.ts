/** An agent's merge of two customers and its undoing: who may, with whom, and what the other of two is told. */
import type { AgentEvent } from '../../adapters/desk';
import type { Instant } from '../../dialogs/vocabulary';
import { mayMerge, NOT_YOURS_TO_MERGE, type Refusal } from '../desk/tickets';
import type { MergeNotes } from '../people/mergeNotes';
import type { People } from '../people/people';
import type { MergeDoc, TicketDoc } from '../store/documents';
import type { Store } from '../store/store';
import type { Deps } from './deps';

type Of<K extends AgentEvent['kind']> = Extract<AgentEvent, { kind: K }>;
/** Null when it is done, also by an earlier try under the same `id`. */
export type MergeAct = (event: Of<'merge' | 'unmerge'>, ticket: TicketDoc, id: string, at: Instant) => Promise<Refusal | null>;

const refuse = (reason: Refusal['reason'], message: string): Refusal => ({ reason, message });
const CHANGED = '名单有变化，请重新打开「合并客户」核对后再合并。';
const NO_SUCH = '这张工单上没有这次合并，请刷新后重试。';
const LATER_FIRST = '之后又合并过一次，请先撤销后面那一次。';

export function createMergeAct(
  store: Pick<Store, 'merges'>,
  { people, notes, log }: Readonly<{ people: Pick<People, 'persons' | 'candidates'>; notes: MergeNotes; log: Deps['log'] }>,
): MergeAct {
  const { persons, candidates } = people;

  /** For the trail: who, when, which. The log covers numbers. */
  function trail(what: string, id: string, { ticket, agent, at }: AgentEvent, { _id, before }: MergeDoc): void {
    log.info({ merge: _id, act: id, ticket, agent, doneAt: at, conversations: before.map(({ conversation }) => conversation) }, what);
  }

  /** What was shown is not so any more: whoever comes second hears who was faster. */
  async function changed(ticket: TicketDoc): Promise<Refusal> {
    const by = (await persons.last(ticket.conversation))?.by;
    return refuse('not-possible', by?.how === 'agent' ? `${by.agentName}已经合并过这位客户，没有重复合并。${CHANGED}` : CHANGED);
  }

  async function merge(event: Of<'merge'>, ticket: TicketDoc, id: string, at: Instant): Promise<Refusal | null> {
    const { agent, agentName, supervisor } = event;
    if (!mayMerge(ticket, { id: agent, supervisor })) return refuse('held', NOT_YOURS_TO_MERGE);
    let done = await persons.resume(id);
    if (!done) {
      const other = (await candidates.of(ticket)).find(({ key }) => key === event.with);
      const [conversation] = other?.conversations ?? [];
      if (!other || conversation === undefined) return changed(ticket);
      done = await persons.merge(id, ticket.conversation, conversation, { how: 'agent', agent, agentName, inCommon: other.inCommon });
    }
    const made = done.kind === 'merged' ? await store.merges.get(id) : null;
    if (!made) return changed(ticket);
    await notes.merged(made, { id, at: new Date(at), ticket: ticket._id });
    trail('two customers were merged', id, event, made);
    return null;
  }

  async function unmerge(event: Of<'unmerge'>, ticket: TicketDoc, id: string, at: Instant): Promise<Refusal | null> {
    const { agent, agentName, supervisor } = event;
    const made = await store.merges.get(event.merge);
    if (!made?.before.some(({ conversation }) => conversation === ticket.conversation)) return refuse('not-possible', NO_SUCH);
    const { by } = made;
    const whose = by.how === 'agent' ? `合并的人（${by.agentName}）和主管` : '主管';
    if (!supervisor && !(by.how === 'agent' && by.agent === agent)) return refuse('held', `只有${whose}可以撤销这次合并。`);
    const undone = await persons.undo(made._id, { agent, agentName, act: id });
    if (undone === 'unknown') return refuse('not-possible', NO_SUCH);
    if (undone === 'later-first') return refuse('not-possible', LATER_FIRST);
    const first = (await store.merges.get(made._id))?.undone;
    if (first?.act !== id) return refuse('not-possible', `${first?.agentName ?? '同事'}已经撤销了这次合并。`);
    await notes.unmerged(made, { id, at: new Date(at), ticket: ticket._id }, { agent, agentName });
    trail('a merge was taken back', id, event, made);
    return null;
  }

  return (event, ticket, id, at) => (event.kind === 'merge' ? merge(event, ticket, id, at) : unmerge(event, ticket, id, at));
}
