/** The acts an agent may choose for a ticket as it is now, and the questions each of them asks. */
import type { TicketCard } from '../../adapters/desk';
import { isMasked } from '../../adapters/mask';
import type { Maybe, PageAct, People } from '../../adapters/page/wire';
import { actWords } from '../../adapters/words';
import type { Flag, SlotName } from '../../dialogs/vocabulary';
import { clickId, type Wrong } from './api';
import { type Form, openForm } from './form';
import { fieldOf } from './marks';
import { askWhoIsTheSame } from './merging';

export type Action = Readonly<{ label: string; main?: boolean; run(): void }>;
type Me = Readonly<{ id: string; name: string; supervisor: boolean }>;
export type ActDeps = Readonly<{
  me: Me;
  people: () => People;
  /** Null when it is done. */
  send(ticket: string, act: PageAct): Promise<Wrong | null>;
  /** The same for acts that ask nothing: what goes wrong is said on the page. */
  simply(ticket: string, act: PageAct): void;
  /** Who may be the same person; null when it cannot be known, which is said on the page. */
  maybe(ticket: string): Promise<Maybe | null>;
  now(): number;
}>;
type Ask = PageAct extends infer One ? (One extends PageAct ? Omit<One, 'id'> : never) : never;

const paging: ReadonlySet<Flag> = new Set(['supervisor', 'urgent', 'self-harm', 'quarantine']);
const long: ReadonlySet<string> = new Set(['issue', 'remark', 'reason']);

/** What supervisors are called to. */
const pages = ({ nature, flags }: TicketCard): boolean => nature === '投诉' || nature === '紧急' || flags.some((flag) => paging.has(flag));

/** In the order in which they are needed. */
export function actionsOf(card: TicketCard, deps: ActDeps): readonly Action[] {
  const { me } = deps;
  const mine = card.assignee?.id === me.id;
  const can = (act: TicketCard['acts'][number]): boolean => card.acts.includes(act);
  const actions: (Action | false)[] = [
    can('claim') && !mine && { label: card.assignee ? '接手' : '认领', main: true, run: () => claim(card, deps) },
    can('acknowledge') &&
      me.supervisor &&
      pages(card) && {
        label: actWords.acknowledge,
        run: () => deps.simply(card.number, { kind: 'acknowledge', id: clickId() }),
      },
    can('resolve') && mine && { label: actWords.resolve, main: true, run: () => resolve(card, deps) },
    can('assign') && { label: actWords.assign, run: () => assign(card, deps) },
    can('amend') && { label: actWords.amend, run: () => amend(card, deps) },
    can('return') && mine && { label: actWords.return, run: () => giveBack(card, deps) },
    can('merge') && (mine || me.supervisor) && { label: actWords.merge, run: () => void merge(card, deps) },
    can('escalate') && { label: actWords.escalate, run: () => because(card, deps, 'escalate', '请说明为什么需要主管处理') },
    can('reopen') && { label: actWords.reopen, main: true, run: () => because(card, deps, 'reopen', '请说明为什么重新打开') },
  ];
  return actions.filter((action) => action !== false);
}

/** Takes it at once when it is free; asks before it is taken from a colleague. */
export function claim(card: TicketCard, deps: ActDeps): void {
  if (!card.assignee) return void deps.simply(card.number, { kind: 'claim', id: clickId() });
  ask(card, deps, {
    title: '接手工单',
    lead: `工单 ${card.number} 正由${card.assignee.name}处理。接手后由您回复客户，对方会在工单里看到。`,
    fields: [],
    submit: '接手',
    act: () => ({ kind: 'claim', takeOver: true }),
  });
}

type Question = Omit<Form, 'send'> & Readonly<{ act(values: Readonly<Record<string, string>>): Ask }>;

/** After a definite answer the next press is a new act; without one it is the same. */
function ask(card: TicketCard, deps: ActDeps, { act, ...form }: Question): void {
  let id = clickId();
  openForm({
    ...form,
    async send(values) {
      const wrong = await deps.send(card.number, { ...act(values), id });
      if (wrong?.sure) id = clickId();
      return wrong;
    },
  });
}

function because(card: TicketCard, deps: ActDeps, kind: 'escalate' | 'reopen', hint: string): void {
  ask(card, deps, {
    title: actWords[kind],
    fields: [{ name: 'reason', label: '原因', kind: 'text', required: true, hint }],
    submit: actWords[kind],
    act: ({ reason = '' }) => ({ kind, reason }),
  });
}

async function merge({ number }: TicketCard, deps: ActDeps): Promise<void> {
  const maybe = await deps.maybe(number);
  if (!maybe) return;
  let id = clickId();
  askWhoIsTheSame({
    maybe,
    now: deps.now(),
    async send(key) {
      const wrong = await deps.send(number, { kind: 'merge', with: key, id });
      if (wrong?.sure) id = clickId();
      return wrong;
    },
  });
}

function giveBack(card: TicketCard, deps: ActDeps): void {
  ask(card, deps, {
    title: actWords.return,
    lead: '机器人会接着和客户对话，并告诉客户您已退出。工单仍由您负责到办结。',
    fields: [],
    submit: actWords.return,
    act: () => ({ kind: 'return' }),
  });
}

function resolve(card: TicketCard, deps: ActDeps): void {
  const complaint = card.nature === '投诉';
  ask(card, deps, {
    title: '解决工单',
    lead: '处理结果会发给客户，并邀请客户评价。',
    fields: [
      { name: 'result', label: '处理结果', kind: 'text', required: true, hint: '客户会看到，例如：已重新开通短信，请留意今天的通知' },
      { name: 'cause', label: complaint ? '原因（仅内部可见）' : '原因（选填，仅内部可见）', kind: 'text', required: complaint },
    ],
    submit: '解决并告知客户',
    act: ({ result = '', cause = '' }) => ({ kind: 'resolve', result, ...(cause !== '' && { cause }) }),
  });
}

function assign(card: TicketCard, deps: ActDeps): void {
  const { agents, departments } = deps.people();
  const colleagues = agents.filter(({ id }) => id !== card.assignee?.id);
  ask(card, deps, {
    title: '转派工单',
    lead: '转给同事后由对方处理；转给部门则回到该部门的待认领队列。',
    fields: [
      {
        name: 'to',
        label: '转给',
        kind: 'choice',
        required: true,
        options: [
          ...departments.map((name) => ({ value: `department:${name}`, label: name, group: '部门' })),
          ...colleagues.map(({ id, name, department }) => ({
            value: `agent:${id}`,
            label: department ? `${name}（${department}）` : name,
            group: '同事',
          })),
        ],
      },
    ],
    submit: '转派',
    act({ to = '' }) {
      const rest = to.slice(to.indexOf(':') + 1);
      return to.startsWith('agent:') ? { kind: 'assign', agent: rest } : { kind: 'assign', department: rest };
    },
  });
}

/** Only what was changed is sent. What is masked on the card begins empty, and empty changes nothing. */
function amend(card: TicketCard, deps: ActDeps): void {
  const asked = [...card.fields, ...card.missing];
  const names = asked.map(({ name }) => name);
  const before = (name: SlotName): string => {
    const known = fieldOf(card, name) ?? '';
    return isMasked(known) ? '' : known;
  };
  ask(card, deps, {
    title: '补充资料',
    fields: asked.map(({ name, label }) => {
      const known = fieldOf(card, name);
      return {
        name,
        label,
        kind: long.has(name) ? 'text' : 'line',
        value: before(name),
        ...(known && isMasked(known) && { hint: `现为 ${known}，不改请留空` }),
      };
    }),
    submit: '保存',
    act: (values) => ({
      kind: 'amend',
      values: Object.fromEntries(names.flatMap((name) => (values[name] && values[name] !== before(name) ? [[name, values[name]]] : []))),
    }),
  });
}
