/** A report that a mail of ours was not delivered: which one, to whom, and why. Pure. */
import type { Names } from './ids';
import type { Letter } from './letter';

export type Bounce = Readonly<{ effect: string; address: string; reason: string }>;

const REPORTS_FAILURE =
  /退信|退回|无法投递|投递失败|发送失败|undeliver|returned mail|delivery (?:status|failure|has failed)|failure notice|mail delivery failed/i;
const ADDRESS = /[\w.!#$%&'*+/=?^`{|}~-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}/g;
const REASON_AT_MOST = 200;
const READ_AT_MOST = 256 * 1024;
/** A report names one mail of ours, those before it in its thread, and few addresses; each pair is tried out. */
const IDS_AT_MOST = 20;
const ADDRESSES_AT_MOST = 50;
const OWN_NAME = /^message-id\s*:.*(?:\r?\n[ \t]+.*)*/gim;

const field = (text: string, name: string): string =>
  (new RegExp(`^${name}\\s*:\\s*(.+(?:\\r?\\n[ \\t]+.+)*)`, 'im').exec(text)?.[1] ?? '').replace(/\s+/g, ' ').trim();

/** Null when it is no report about a mail of ours, or one of a delay, which is not the end. */
export function bounceIn(letter: Letter, account: string, names: Names): Bounce | null {
  const parts = letter.enclosed.map(({ type, bytes }) => ({ type, text: bytes.toString('latin1', 0, READ_AT_MOST) }));
  const status = parts.find(({ type }) => type === 'message/delivery-status')?.text ?? '';
  if (status === '' ? !REPORTS_FAILURE.test(letter.subject) : !/^failed\b/i.test(field(status, 'action'))) return null;
  const all = [status, letter.text, letter.html, ...parts.map(({ text }) => text)].join('\n').slice(0, READ_AT_MOST);
  // Whom our Message-ID was made for is proven by it; the report only has to name them somewhere.
  const addresses = [...new Set([...letter.header('x-failed-recipients'), all].flatMap((text) => text.toLowerCase().match(ADDRESS) ?? []))];
  // The name of what came back stands in the same header as those of the mails before it, below them.
  const named = [...(all.match(OWN_NAME) ?? []), all, ...letter.references, letter.inReplyTo].join('\n');
  for (const id of names.within(named).slice(0, IDS_AT_MOST)) {
    for (const address of addresses.slice(0, ADDRESSES_AT_MOST)) {
      const told = names.read(id, account, address);
      if (told) return { effect: told.effect, address, reason: reasonIn(status) };
    }
  }
  return null;
}

function reasonIn(status: string): string {
  const diagnostic = field(status, 'diagnostic-code').replace(/^[a-z]+\s*;\s*/i, '');
  return (diagnostic || field(status, 'status') || '退信').slice(0, REASON_AT_MOST);
}
