/** What stands around the engine in tests: a clock, numbers, tickets and timers, moved only by the effects of turns. */
import { questionOf } from '../../dialogs/heard';
import { lookUp } from '../../dialogs/lookUp';
import { codeIn } from '../../dialogs/moves/merging';
import { questionsIn } from '../../dialogs/questions';
import { begin, step } from '../../dialogs/step';
import type {
  Classified,
  Content,
  DeskStatus,
  Effect,
  Event,
  Gathered,
  Instant,
  Knowledge,
  Locale,
  Memory,
  Role,
  Rules,
  Slots,
  State,
  TicketSummary,
  TimerName,
  Turn,
} from '../../dialogs/vocabulary';
import { fakeDirectory, fakeKnowledge } from './knowledge';

export const rules: Rules = {
  brand: '家校互动',
  hotline: '0771-1234567',
  hoursText: { zh: '周一至周五 8:30–17:30', en: 'Mon–Fri 8:30–17:30' },
  resolutionMinutes: 480,
  formIdleMinutes: 30,
  agentWarnMinutes: 10,
  agentReturnMinutes: 15,
  resumeAfterMinutes: 120,
  surveyHours: 24,
  reopenHours: 24,
  timeZone: 'Asia/Shanghai',
};

/** A Monday, ten in the morning in Shanghai. */
export const monday: Instant = Date.UTC(2026, 10, 23, 2, 0);

export type WorldOptions = Readonly<{
  locale?: Locale;
  role?: Role;
  known?: Slots;
  deskOpen?: boolean;
  opensAt?: Instant;
  ahead?: number;
  pickUpMinutes?: number;
  tickets?: readonly TicketSummary[];
  incident?: string;
  directory?: boolean;
  /** The customer's number is known from another conversation, and the code sent there is 482913. */
  elsewhere?: boolean;
  /** What is known and guessed; a few scripted articles and no guesses when left out. */
  mind?: Mind;
}>;

export type Mind = Readonly<{
  ask(question: string, about: Pick<Memory, 'role' | 'topic' | 'spoken'> & Readonly<{ only?: boolean }>): Knowledge;
  classify(question: string): readonly Classified[];
}>;

export type World = {
  state: State;
  now: Instant;
  options: WorldOptions;
  tickets: TicketSummary[];
  timers: Map<TimerName, Instant>;
  events: Event[];
  count: number;
  opened: number;
  guesses: number;
};

export function createWorld(options: WorldOptions = {}): World {
  return {
    state: begin(monday),
    now: monday,
    options,
    tickets: [...(options.tickets ?? [])],
    timers: new Map(),
    events: [],
    count: 0,
    opened: 0,
    guesses: 0,
  };
}

const numberAt = (index: number): string => `20261123-${String(index).padStart(4, '0')}`;

function wordsIn(content: Content): string {
  if (content.kind === 'text') return content.text;
  return content.kind === 'fields' ? Object.values(content.values).join(' ') : '';
}

export function deskOf({ options }: World): DeskStatus {
  const { deskOpen = true, ahead = 0, opensAt, pickUpMinutes } = options;
  return { open: deskOpen, ahead, ...(opensAt !== undefined && { opensAt }), ...(pickUpMinutes !== undefined && { pickUpMinutes }) };
}

/** Three guesses are allowed here. */
function proofOf(world: World, content: Content): Pick<Gathered, 'proof'> {
  const typed = content.kind === 'text' ? codeIn(content.text) : undefined;
  if (typed === undefined) return {};
  if (typed === '482913') return { proof: { kind: 'right', merge: 'm1' } };
  world.guesses += 1;
  return { proof: world.guesses < 3 ? { kind: 'wrong', left: 3 - world.guesses } : { kind: 'over' } };
}

const scripted: Mind = { ask: fakeKnowledge, classify: () => [] };

export function gather(world: World, content: Content): Gathered {
  const { options } = world;
  const directory = options.directory ?? true;
  const schools = fakeDirectory(wordsIn(content));
  const question = questionOf(world.state, content, { schools, directory, at: world.now });
  const { ask, classify } = options.mind ?? scripted;
  const several = questionsIn(question).map((one) => ({ question: one, ...ask(one, world.state.memory) }));
  return {
    knowledge: lookUp(world.state, content, question, options.locale ?? 'zh', (words, as) => ask(words, { ...world.state.memory, ...as })),
    ...(several.length > 0 && { apart: several }),
    schools: schools.length > 0 ? schools : fakeDirectory(question),
    directory,
    classified: question === '' ? [] : classify(question),
    tickets: [...world.tickets],
    desk: deskOf(world),
    incidents: options.incident ? [{ id: 'i1', title: options.incident, message: options.incident }] : [],
    profile: { slots: options.known ?? {}, ...(options.role && { role: options.role }) },
    ...(options.elsewhere && world.state.phase === 'confirming' && { elsewhere: true as const }),
    ...(world.state.memory.merging === 'sent' && proofOf(world, content)),
    numbers: [numberAt(world.opened + 1), numberAt(world.opened + 2)],
  };
}

function opened(world: World, effect: Extract<Effect, { kind: 'openTicket' }>): TicketSummary {
  const { number, form, slots } = effect;
  return { number, form, status: 'open', issue: slots.issue?.value ?? '', createdAt: world.now, dueAt: world.now + 8 * 3_600_000 };
}

function apply(world: World, effects: readonly Effect[]): void {
  for (const effect of effects) {
    if (effect.kind === 'openTicket') {
      world.opened += 1;
      world.tickets.unshift(opened(world, effect));
    }
    if (effect.kind === 'wakeAt') world.timers.set(effect.timer, effect.at);
    if (effect.kind === 'cancelWake') world.timers.delete(effect.timer);
  }
}

export type Occasion = Event extends infer E ? (E extends Event ? Omit<E, 'id' | 'at' | 'locale'> : never) : never;

/** Lets one thing happen, with all the engine needs to know about it. */
export function happen(world: World, occasion: Occasion): Turn {
  world.count += 1;
  const event = { id: `e${world.count}`, at: world.now, locale: world.options.locale ?? 'zh', ...occasion } as Event; // an occasion is an event without these three
  world.events.push(event);
  const turn = step(world.state, event, rules);
  world.state = turn.state;
  apply(world, turn.effects);
  return turn;
}

export function receive(world: World, content: Content): Turn {
  return happen(world, { kind: 'received', content, gathered: gather(world, content) });
}

/** Lets time pass; timers due on the way fire in order. */
export function pass(world: World, ms: number): readonly Turn[] {
  const until = world.now + ms;
  const turns: Turn[] = [];
  for (;;) {
    const [due] = [...world.timers].filter(([, at]) => at <= until).sort((a, b) => a[1] - b[1]);
    if (!due) break;
    world.timers.delete(due[0]);
    world.now = Math.max(world.now, due[1]);
    turns.push(
      happen(world, {
        kind: 'timerFired',
        timer: due[0],
        numbers: [numberAt(world.opened + 1), numberAt(world.opened + 2)],
        desk: deskOf(world),
      }),
    );
  }
  world.now = until;
  return turns;
}
