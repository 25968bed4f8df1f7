/** How long people waited, from the journals: from asking for a person to the card on the wall, from an agent's word to the customer. Pure. */
import type { Journals } from './journal';

export type Spread = Readonly<{ p50: number; p99: number }>;
export type Latency = Readonly<{ card: Spread | null; answer: Spread | null }>;

/** `openers`: by ticket, the id of the message that asked for it. */
export function latencyOf({ platform, workplace }: Journals, openers: ReadonlyMap<string, string>): Latency {
  const asked = new Map(platform.flatMap((one) => (one.kind === 'sent' ? [[one.id, one.at] as const] : [])));
  const cards = workplace.flatMap((one) => {
    const from = one.kind === 'card' ? asked.get(openers.get(one.ticket) ?? '') : undefined;
    return from === undefined ? [] : [one.at - from];
  });
  const arrived = new Map(platform.flatMap((one) => (one.kind === 'got' && one.taken ? [[one.text, one.at] as const] : [])).reverse());
  const answers = workplace.flatMap((one) => {
    const to = one.kind === 'act' ? arrived.get(one.hears ?? '') : undefined;
    return to === undefined ? [] : [to - one.at];
  });
  return { card: spread(cards), answer: spread(answers) };
}

function spread(values: readonly number[]): Spread | null {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (share: number): number | undefined => sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)];
  const [p50, p99] = [at(0.5), at(0.99)];
  return p50 === undefined || p99 === undefined ? null : { p50, p99 };
}
