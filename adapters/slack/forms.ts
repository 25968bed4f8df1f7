/** Opens the forms of the desk and takes what is sent: stored before the form closes, errors and refusals shown in it. */
import type { App, BlockAction, StaticSelectAction, ViewSubmitAction } from '@slack/bolt';
import { type Agent, type Delivered, type Refused, spell, type TicketCard } from '../desk';
import { actWords, statusWords } from '../words';
import type { Acting } from './acting';
import type { Buttons, Click } from './actions';
import { ACTIONS } from './ids';
import { VALUE } from './views/fields';
import { type About, aboutOf, FORM, FORM_KINDS, type FormKind, formTitles, loading, told } from './views/modal';
import { formOf, PHRASE, RESULT, resolveForm } from './views/modals';
import { blockOf, readForm, type Submitted, submittedOf, writtenIn } from './views/submission';

/** What only the holder may do; others are told before they have written anything. */
const holders: ReadonlySet<FormKind> = new Set(['reply', 'resolve']);

export function registerForms(app: App, { on }: Buttons, acting: Acting): void {
  const { office, people, api, later } = acting;

  const resultsFor = ({ name }: Agent, { customerName }: TicketCard): readonly string[] =>
    office()
      .phrases()
      .results.map((phrase) => spell(phrase, name, customerName));

  async function ready(about: About, agent: Agent) {
    const card = await office().ticket(about.ticket);
    if (!card) return told(about, `没有编号为 ${about.ticket} 的工单，请在列表里核对编号。`);
    const no = closedTo(about.kind, card, agent);
    if (no !== null) return told(about, no);
    const [agents, departments] = about.kind === 'assign' ? await Promise.all([office().agents(), office().departments()]) : [[], []];
    const candidates = about.kind === 'merge' && (await office().candidates(card.number, agent));
    return formOf(about, card, { agents, departments, phrases: resultsFor(agent, card), ...(candidates && { candidates }) });
  }

  /** The trigger of a click lasts three seconds: something opens at once, and what it asks comes when it is known. */
  async function open(kind: FormKind, click: Click, agent: Agent): Promise<void> {
    const { channel, thread } = click.whom;
    const about: About = { kind, ticket: click.value, channel, ...(thread !== undefined && { thread }) };
    const opened = await api.client.views.open({ trigger_id: click.trigger, view: loading(about) }).catch(async (error) => {
      await api.whisper(click.whom, { text: `「${formTitles[kind]}」没有打开，请再点一次。` });
      throw error;
    });
    const view = await ready(about, agent).catch(() => told(about, '暂时读不到这张工单，请关闭后再点一次。'));
    await api.client.views.update({ view_id: opened.view?.id ?? '', view });
  }
  for (const kind of FORM_KINDS) {
    on(ACTIONS[kind], async (click, agent) => later('a form could not be opened', () => open(kind, click, agent)));
  }

  app.action<BlockAction<StaticSelectAction>>({ type: 'block_actions', action_id: PHRASE }, async ({ ack, body, action }) => {
    const { view } = body;
    const about = view && aboutOf(view.private_metadata);
    if (view && about) {
      later('a ready sentence could not be filled in', async () => {
        const card = await office().ticket(about.ticket);
        const agent = await people.agent(body.user.id);
        if (!card || !agent) return;
        const phrases = resultsFor(agent, card);
        const cause = view.state.values.cause?.[VALUE]?.value ?? '';
        const chosen = Number(action.selected_option.value);
        await api.client.views.update({ view_id: view.id, hash: view.hash, view: resolveForm(about, card, { phrases, chosen, cause }) });
      });
    }
    await ack();
  });

  app.view<ViewSubmitAction>({ type: 'view_submission', callback_id: FORM }, async ({ ack, body, view }) => {
    const submitted = submittedOf(view);
    if (!submitted) return ack();
    const { about } = submitted;
    const instead = (sentence: string) => ack({ response_action: 'update', view: told(about, sentence, writtenIn(submitted)) });
    const agent = await people.agent(body.user.id);
    if (!agent) return instead(await people.stranger());
    const read = readForm(submitted, {
      problems: office().problems,
      agents: await office().agents(),
      supervisor: agent.supervisor,
    });
    if (read.kind === 'errors') return ack({ response_action: 'errors', errors: { ...read.errors } });
    const { outcome } = await acting.take(agent, read.deed, body.user.id);
    const done: Delivered | null = await acting.shortly(outcome);
    if (!done) acting.tellRefusal(outcome, { channel: about.channel, user: body.user.id, thread: about.thread });
    if (done?.kind !== 'refused') return ack();
    const block = mendableAt(submitted, done);
    return block === null ? instead(`⛔ ${done.message}`) : ack({ response_action: 'errors', errors: { [block]: done.message } });
  });
}

/** Why this form is of no use now, null when it is. */
function closedTo(kind: FormKind, card: TicketCard, agent: Agent): string | null {
  const { number, status, assignee } = card;
  if (!card.acts.includes(kind)) return `工单 ${number} 现在是「${statusWords[status]}」，不能${actWords[kind]}。`;
  if (!holders.has(kind) || assignee === undefined || assignee.id === agent.id) return null;
  return `工单 ${number} 正由${assignee.name}处理；需要时请先接手。`;
}

/** The field at which a refusal can be mended, null when it cannot. */
function mendableAt(submitted: Submitted, { reason }: Refused): string | null {
  if (reason !== 'incomplete' && reason !== 'invalid') return null;
  if (submitted.about.kind === 'resolve')
    return submitted.values[blockOf(submitted, RESULT)]?.trim() ? 'cause' : blockOf(submitted, RESULT);
  return Object.keys(submitted.values)[0] ?? null;
}
