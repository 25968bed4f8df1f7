/** A house with the tickets and people a test gives it; acts are kept, and answered as told. */
import type { Agent, AgentEvent, Delivered, Office, TicketCard } from '../../../adapters/desk';
import { RESULTS } from '../../../src/desk/phrases';
import { li } from './cards';

export const agentLi: Agent = { ...li, department: '客服部', supervisor: false };
export const agentZhao: Agent = { id: 'zhao', name: '赵主任', department: '客服部', supervisor: true };
const unasked = async (): Promise<never> => {
  throw new Error('nothing in this test asks for it');
};

export function createScriptedOffice(cards: readonly TicketCard[] = [], agents: readonly Agent[] = [agentLi, agentZhao]) {
  const taken: AgentEvent[] = [];
  let answer: (event: AgentEvent) => Delivered = ({ id }) => ({ kind: 'accepted', id, conversation: 'web:main:wang', duplicate: false });
  const office: Office = {
    async take(event) {
      taken.push(event);
      return { outcome: Promise.resolve(answer(event)) };
    },
    agentBy: unasked,
    agents: async () => agents,
    departments: async () => ['客服部', '技术部'],
    phrases: () => ({ replies: [], results: RESULTS }),
    ticket: async (number) => cards.find((card) => card.number === number) ?? null,
    ticketAt: unasked,
    async tickets(asked) {
      if (asked.kind === 'mine') return cards.filter(({ assignee }) => assignee?.id === asked.agent);
      if (asked.kind === 'queue') {
        return cards.filter(({ assignee, department }) => !assignee && (asked.department ?? department) === department);
      }
      return cards.filter(
        ({ number, fields }) => Number(number.split('-')[1]) === Number(asked.text) || fields.some(({ value }) => value === asked.text),
      );
    },
    transcript: unasked,
    lines: unasked,
    notices: unasked,
    candidates: unasked,
    elsewhere: unasked,
    problems: (values) => (values.phone === '123' ? { phone: '手机号码应为 11 位。' } : {}),
    reveal: unasked,
  };
  return {
    office,
    taken,
    /** How acts are answered from now on. */
    answers(how: typeof answer) {
      answer = how;
    },
  };
}
