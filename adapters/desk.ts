/** What agents do to a conversation, from whichever desk they work at. It walks the same road as a customer's message. */
import type { Instant } from '../dialogs/vocabulary';

/** `id` is the desk's own, so a retried click is recognised. `agent` is the agent's id, `agentName` what the customer reads. */
export type AgentEvent = Readonly<{ id: string; at: Instant; ticket: string; agent: string; agentName: string }> &
  (
    | Readonly<{ kind: 'claim' }>
    | Readonly<{ kind: 'reply'; text: string }>
    | Readonly<{ kind: 'note'; text: string }>
    | Readonly<{ kind: 'return' }>
    | Readonly<{ kind: 'resolve'; result: string; cause?: string | undefined }>
  );
