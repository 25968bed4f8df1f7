/** Tickets: `key` is the effect that opened one, unique, so that opening twice is a no-op. */
import { date, defineSchema, list, Mixed, mixed, nullable, number, text } from './schema';

export const tickets = defineSchema('tickets', {
  key: text,
  version: number,
  conversation: text,
  channel: text,
  form: text,
  nature: text,
  status: text,
  priority: text,
  department: text,
  slots: mixed,
  flags: list,
  handoff: { type: Boolean, default: false },
  assignee: nullable(String),
  assigneeName: nullable(String),
  firstOwner: nullable(String),
  firstOwnerName: nullable(String),
  result: String,
  cause: String,
  rating: Number,
  events: list,
  createdAt: date,
  updatedAt: date,
  dueAt: date,
  resolvedAt: Date,
  boards: { type: Mixed, default: () => ({}) },
  deskAt: nullable(Number),
  // A ticket that was not opened through the book is looked at once.
  alarmAt: { type: Number, default: 0 },
  relay: nullable(Mixed),
})
  .index({ key: 1 }, { unique: true })
  .index({ conversation: 1, createdAt: 1 })
  .index({ status: 1, createdAt: 1 })
  .index({ department: 1, status: 1 })
  .index({ assignee: 1, status: 1 })
  .index({ dueAt: 1 })
  .index({ updatedAt: 1 })
  .index({ deskAt: 1 }, { sparse: true })
  .index({ alarmAt: 1 }, { sparse: true })
  .index({ 'boards.slack.refs': 1 }, { sparse: true })
  .index({ createdAt: 1 })
  .index({ 'slots.phone.value': 1 }, { sparse: true })
  .index({ 'slots.name.value': 1 }, { sparse: true });
