/** Counters for Prometheus, fed by what the conversations tell of each turn. */
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { EffectKind, PhaseName } from '../dialogs/vocabulary';
import type { CallFigures } from './calls/figures';
import type { Audit } from './conversation/conversations';
import type { DeskHealth } from './desk/health';

export type Metrics = Readonly<{
  accepted(channel: string, duplicate: boolean): void;
  turned(turn: Readonly<{ event: string; from: PhaseName; to: PhaseName; ms: number; effects: readonly EffectKind[] }>): void;
  /** The scrape, with what audit, desk and the calls of the last 24 hours say now. */
  text(audit: Audit, desk: DeskHealth, calls: CallFigures): Promise<string>;
  contentType: string;
}>;

export function createMetrics(): Metrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry, prefix: 'qiao_' });
  const messages = new Counter({ name: 'qiao_messages_total', help: 'Messages accepted', labelNames: ['channel', 'duplicate'], registers });
  const turns = new Counter({ name: 'qiao_turns_total', help: 'Turns of the engine', labelNames: ['event', 'phase'], registers });
  const effects = new Counter({ name: 'qiao_effects_total', help: 'Effects decided', labelNames: ['kind'], registers });
  const seconds = new Histogram({
    name: 'qiao_turn_seconds',
    help: 'Load, gather, step and save of one turn',
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1],
    registers,
  });
  const gauge = (name: string, help: string, read: (audit: Audit, desk: DeskHealth, calls: CallFigures) => number) => ({
    gauge: new Gauge({ name, help, registers }),
    read,
  });
  const gauges = [
    gauge('qiao_messages_pending', 'Accepted and still in work', (a) => a.pending),
    gauge('qiao_messages_lost', 'Accepted and neither ended nor in work; must be 0', (a) => a.lost),
    gauge('qiao_outbox_age_seconds', 'Age of the oldest unperformed effect', (a) => a.outboxAgeMs / 1000),
    gauge('qiao_dead_letters', 'Effects given up and handed to people', (a) => a.deadLetters),
    gauge('qiao_desk_untold_tickets', 'Tickets of which a desk does not know the latest', (_, d) => d.untold),
    gauge('qiao_desk_untold_age_seconds', 'Age of the oldest news a desk was not told', (_, d) => d.untoldAgeMs / 1000),
    gauge('qiao_desk_notices_open', 'Notices some desk has not shown yet', (_, d) => d.openNotices),
    gauge('qiao_queue_length', 'Customers who wait for a person', (_, d) => d.waiting),
    gauge('qiao_tickets_overdue', 'Unsettled tickets past their due time', (_, d) => d.overdue),
    gauge('qiao_calls_day', 'Telephone calls of the last 24 hours', (_, __, c) => c.calls),
    gauge('qiao_calls_missed_day', 'Of these, missed', (_, __, c) => c.missed),
    gauge('qiao_calls_in_time_ratio', 'Share of these answered within three rings; NaN without any', (_, __, c) => c.rate ?? Number.NaN),
  ];
  return {
    accepted: (channel, duplicate) => messages.inc({ channel, duplicate: String(duplicate) }),
    turned(turn) {
      turns.inc({ event: turn.event, phase: turn.to });
      seconds.observe(turn.ms / 1000);
      for (const kind of turn.effects) effects.inc({ kind });
    },
    async text(audit, desk, calls) {
      for (const { gauge: one, read } of gauges) one.set(read(audit, desk, calls));
      return registry.metrics();
    },
    contentType: registry.contentType,
  };
}
