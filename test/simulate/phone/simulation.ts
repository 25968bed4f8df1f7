/** Telephone calls without a PBX: the built server, a scripted crowd that calls it through signed events, and what the agent's screen gets. */
import type { CallView } from '../../../adapters/calls';
import type { CallFigures } from '../../../src/calls/figures';
import { tellCall } from '../../support/pbx';
import { until } from '../../support/until';
import { seed } from '../cast';
import { type Desk, type PutUp, putUp } from '../stage';
import { type Call, crowd } from './crowd';
import { screenPop, shownCall, shownFigures } from './show';

export type PhoneSimulation = PutUp<
  Readonly<{
    server: string;
    /** What a PBX signs with, to go on by hand. */
    secret: string;
    figures: CallFigures;
    /** As a supervisor sees them, in the order of the crowd. */
    calls: readonly CallView[];
  }>
>;

const LOOK_MS = 500;
const PBX = { account: 'main', secret: 'the secret of the simulated PBX', extensions: { '8001': 'dutya', '8002': 'dutyb' } };
const names: Readonly<Record<string, string>> = Object.fromEntries(seed.agents.map(({ id, name }) => [id, name]));

type Line = Readonly<{ desk: Desk; say(line: string): void }>;

/** Plays the crowd to its end, telling each step by `say`; the server stays up until it is closed. */
export function startPhoneSimulation(say: (line: string) => void): Promise<PhoneSimulation> {
  return putUp(async (stage) => {
    await stage.seed();
    const desk = await stage.serve({ PHONE_ACCOUNTS: JSON.stringify([PBX]) });
    const line = { desk, say };
    for (const call of crowd) await play(line, call);
    say('\n■ 未接来电等 10 秒，看是否还有接听的消息 / missed calls are settled after ten seconds');
    const calls = await until(async () => {
      // The API counts who asks how often.
      await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
      const listed = await desk.ask<{ calls: CallView[] }>('/api/calls?viewer=lead');
      const settled = listed.calls.every(({ state, answeredAt }) => state === 'missed' || answeredAt !== undefined);
      return settled && listed.calls.toReversed();
    }, 'what was missed is settled');
    for (const [n, view] of calls.entries()) say(`  ${crowd[n]?.call}  ${view.caller || '隐藏号码'}  ${shownCall(view)}`);
    const { tickets } = await desk.ask<{ tickets: { number: string; priority: string; fields: Record<string, string> }[] }>('/api/tickets');
    say('\n■ 工单 / tickets');
    for (const { number, priority, fields } of tickets) say(`  ${number}  ${priority}  ${fields.issue ?? ''}`);
    const figures = await desk.ask<CallFigures>('/api/calls/figures');
    say(`\n■ 三声接听率 / answered within three rings\n  ${shownFigures(figures)}`);
    return { server: desk.url, secret: PBX.secret, figures, calls };
  });
}

async function play(line: Line, one: Call): Promise<void> {
  const { title, call, caller, extension, answered, ended, muddled } = one;
  line.say(`\n■ ${title}`);
  const rang = Date.now() - ended * 1000;
  const events = [
    { call, event: 'ringing', caller, called: '4001234567', at: rang, extension },
    ...(answered === undefined ? [] : [{ call, event: 'answered', extension, at: rang + answered * 1000 }]),
    { call, event: 'ended', at: rang + ended * 1000 },
  ];
  const told = muddled ? events.toReversed().flatMap((event) => [event, event]) : events;
  for (const event of told) {
    const { status, body } = await tellCall(line.desk.url, event, PBX);
    const id = String(body.id);
    line.say(`  → ${event.event} ${(event.at - rang) / 1000} 秒  ← ${status}${body.duplicate === true ? '（已知，不再计）' : ''}`);
    if (event.event === 'ringing' && body.duplicate === false) await pop(line, id, extension);
    if (event.event === 'answered' && one.registers) await register(line, id, one);
  }
}

async function pop(line: Line, id: string, extension = ''): Promise<void> {
  const viewer = agentAt(extension) ?? 'lead';
  for (const shown of screenPop(await line.desk.ask<CallView>(`/api/calls/${id}?viewer=${viewer}`))) line.say(`      │ ${shown}`);
}

/** Read back first, a ticket once it is confirmed. */
async function register(line: Line, id: string, { registers: values, extension = '' }: Call): Promise<void> {
  const agent = agentAt(extension) ?? '';
  const given = { id: 'r1', agent, agentName: names[agent], values };
  const path = `/api/calls/${id}/ticket`;
  const { readBack } = await line.desk.ask<{ readBack: string }>(path, { ...given, confirmed: false });
  line.say(`      ${names[agent]}念给客户听：${readBack}`);
  const { ticket } = await line.desk.ask<{ ticket: string }>(path, { ...given, confirmed: true });
  line.say(`      客户确认，工单 ${ticket}`);
}

const agentAt = (extension: string): string | undefined => Object.entries(PBX.extensions).find(([one]) => one === extension)?.[1];
