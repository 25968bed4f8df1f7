/** `qiao chat`: a person or a script talks to the engine on a terminal, over the real store. */
import { randomUUID } from 'node:crypto';
import type { Channel } from '../../adapters/channel';
import type { Address, Content, Effect, Flag, Holder, Inbound, Reply, State, Step } from '../../dialogs/vocabulary';
import type { House } from '../assemble';
import { conversationId } from '../conversation/ids';
import type { VirtualClock } from './clock';
import { linesOf, milliseconds, print, printJson, readLine, type Terminal, UsageError } from './lines';

const CAUGHT_UP_AT_MOST = 50;

/** What one input line led to. `tickets` and `flags` are those opened, amended or raised by it. */
export type ChatTurn = Readonly<{
  replies: readonly Readonly<{ kind: Reply['kind']; text: string; options?: Reply['options'] }>[];
  phase: string;
  holder: string;
  article?: string;
  tickets: readonly string[];
  flags: readonly Flag[];
}>;

/** Notes what the engine decides between two looks; wrap the step with `watch`, take with `take`. */
export function createWatcher(holderOf: (state: State) => Holder) {
  let effects: Effect[] = [];
  let state = { phase: 'idle', holder: 'bot' };
  return {
    watch:
      (step: Step): Step =>
      (before, event, rules) => {
        const turn = step(before, event, rules);
        effects.push(...turn.effects);
        state = { phase: turn.state.phase, holder: holderOf(turn.state).kind };
        return turn;
      },
    take(): ChatTurn {
      const turn = summarise(effects, state);
      effects = [];
      return turn;
    },
  };
}

function summarise(effects: readonly Effect[], state: Readonly<{ phase: string; holder: string }>): ChatTurn {
  const replies = effects.flatMap((effect) => (effect.kind === 'reply' ? [effect.reply] : []));
  const article = effects.flatMap((effect) => (effect.kind === 'recordAnswer' && effect.helpful === null ? [effect.article] : [])).at(-1);
  const tickets = effects.flatMap((effect) => (effect.kind === 'openTicket' || effect.kind === 'amendTicket' ? [effect.number] : []));
  const flags = effects.flatMap((effect) => {
    if (effect.kind === 'raiseFlag') return [effect.flag];
    return effect.kind === 'openTicket' || effect.kind === 'amendTicket' ? effect.flags : [];
  });
  return {
    replies: replies.map(({ kind, text, options }) => ({ kind, text, ...(options && options.length > 0 ? { options } : {}) })),
    ...state,
    ...(article ? { article } : {}),
    tickets: [...new Set(tickets)],
    flags: [...new Set(flags)],
  };
}

export type ChatOptions = Readonly<{
  address: Address;
  contentOf: (line: string | Readonly<Record<string, unknown>>) => Content | null;
  watcher: Pick<ReturnType<typeof createWatcher>, 'take'>;
  json: boolean;
  clock: VirtualClock | null;
  now: () => number;
}>;

/** Reads until the input ends. A person sees replies as they are sent; a script gets one JSON object a line. */
export async function chatCommand(terminal: Terminal, house: Pick<House, 'conversations'>, options: ChatOptions): Promise<void> {
  const { conversations } = house;
  async function pass(duration: unknown): Promise<void> {
    if (!options.clock) throw new UsageError('{"advance":…} needs --virtual-clock');
    await options.clock.advance(milliseconds(String(duration)), () => conversations.idle());
  }
  async function say(content: Content): Promise<void> {
    const message: Inbound = { id: randomUUID(), from: options.address, at: options.now(), content };
    await conversations.settle(await conversations.accept(message), 30_000);
    await conversations.idle();
  }
  for await (const line of linesOf(terminal.input)) {
    const read = readLine(line);
    if (typeof read !== 'string' && 'advance' in read) await pass(read.advance);
    else {
      const content = options.contentOf(read);
      if (!content) throw new UsageError('write a text, {"text":…}, {"choice":…}, {"image":…} or {"advance":"PT15M"}');
      await say(content);
    }
    const turn = options.watcher.take();
    if (options.json) printJson(terminal, turn);
  }
}

/** What was said from the customer's last words on: a reply may have come while nobody sat at the terminal. */
export async function catchUp(
  terminal: Terminal,
  { store, conversations }: Pick<House, 'store' | 'conversations'>,
  channel: Pick<Channel<string>, 'encode'>,
  address: Address,
): Promise<void> {
  await conversations.idle();
  const conversation = conversationId(address);
  const newest = await store.messages.find({ conversation, seq: { $ne: null } }, { sort: { seq: -1 }, limit: CAUGHT_UP_AT_MOST });
  const own = newest.findIndex(({ direction }) => direction === 'in');
  const since = newest.slice(0, own < 0 ? newest.length : own + 1).reverse();
  if (since.length > 0) print(terminal, '—— 上次说到 / where you left off ——');
  for (const { content, reply } of since) {
    if (reply) printReply(terminal, channel.encode(reply).join('\n'), reply);
    else if (content) print(terminal, `您 ${wordsOf(content)}`);
  }
}

function wordsOf(content: Content): string {
  if (content.kind === 'text') return content.text;
  return content.kind === 'choice' ? (content.label ?? content.value) : `[${content.kind}]`;
}

/** What a person sees of a reply on the terminal. */
export function printReply(terminal: Terminal, text: string, reply: Reply): void {
  const from = 'from' in reply && reply.from ? `${reply.from}: ` : '';
  print(terminal, `\u001b[36m桥 ${from}\u001b[0m${text.replaceAll('\n', '\n   ')}`);
}
