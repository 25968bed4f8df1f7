/** Whether a machine wrote a mail: what is answered then would be answered for ever. Pure. */
import type { Letter } from './letter';

/** Why a mail is not answered. */
export type Unanswered = 'own' | 'bounce' | 'auto' | 'bulk' | 'forged' | 'senderless';

const DAEMON = /^(?:mailer-?daemon|postmaster|no-?reply|do-?not-?reply|noreply-.*|bounces?(?:[+-].*)?)@/i;
const first = (values: readonly string[]): string => (values[0] ?? '').trim().toLowerCase();

/** What stands in them a sender may have chosen: an envelope of `dmarc=pass@evil.example` is no result. */
const QUOTED_OR_COMMENT = /"(?:[^"\\]|\\.)*"|\([^()]*\)/g;

/** `spf=fail smtp.mailfrom=…; dmarc=pass …` → what each method found. */
function resultsIn(line: string, method: string): readonly string[] {
  const results = line.replace(QUOTED_OR_COMMENT, ' ').split(';').slice(1);
  return results.flatMap((result) => new RegExp(`^\\s*${method}\\s*=\\s*(\\w+)`).exec(result)?.[1] ?? []);
}

/** What a server of ours (`authserv`) found out about the sender: true when the sender is not who it says. */
export function isForged(letter: Letter, authserv: string | undefined): boolean {
  if (authserv === undefined) return false;
  // Servers put theirs on top; those below may have been written by the sender.
  const found = first(
    letter.header('authentication-results').filter((line) => first([line.split(';')[0] ?? '']).split(/\s/)[0] === authserv),
  );
  const dmarc = resultsIn(found, 'dmarc');
  if (dmarc.includes('fail')) return true;
  if (dmarc.some((one) => one === 'pass' || one === 'bestguesspass')) return false;
  return resultsIn(found, 'spf').some((one) => one === 'fail' || one === 'softfail') && !resultsIn(found, 'dkim').includes('pass');
}

/** Null for a person's mail. `own` are the addresses of all our mailboxes. */
export function unanswered(letter: Letter, own: ReadonlySet<string>, authserv: string | undefined): Unanswered | null {
  const { from } = letter;
  const has = (name: string): boolean => letter.header(name).length > 0;
  const value = (name: string): string => first(letter.header(name));
  if (/^multipart\/report\b/.test(value('content-type')) || value('return-path') === '<>') return 'bounce';
  if (!from) return 'senderless';
  if (own.has(from.address)) return 'own';
  if (DAEMON.test(from.address)) return 'bounce';
  if (has('auto-submitted') && !/^no\b/.test(value('auto-submitted'))) return 'auto';
  if (/\b(?:all|oof|autoreply)\b/.test(value('x-auto-response-suppress')) || has('x-autoreply') || has('x-autorespond')) return 'auto';
  if (/^(?:auto[-_]?reply|junk)\b/.test(value('precedence'))) return 'auto';
  if (/^(?:bulk|list)\b/.test(value('precedence')) || has('list-id') || has('list-unsubscribe')) return 'bulk';
  return isForged(letter, authserv) ? 'forged' : null;
}
