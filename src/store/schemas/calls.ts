/** Telephone calls: one row a call, its events in the order they came. */
import { date, defineSchema, list, Mixed, nullable, number, text } from './schema';

export const calls = defineSchema('calls', {
  account: text,
  call: text,
  version: number,
  caller: { type: String, default: '' },
  called: { type: String, default: '' },
  agent: nullable(String),
  agentName: nullable(String),
  extension: nullable(String),
  ringingAt: nullable(Mixed),
  answeredAt: nullable(Mixed),
  endedAt: nullable(Mixed),
  events: list,
  checkAt: nullable(Number),
  callBack: nullable(String),
  registered: list,
  startedAt: date,
  updatedAt: date,
})
  .index({ startedAt: 1 })
  .index({ updatedAt: 1 })
  .index({ caller: 1, startedAt: 1 })
  .index({ checkAt: 1 }, { sparse: true });
