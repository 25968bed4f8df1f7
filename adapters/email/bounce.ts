/** A report that a mail of ours was not delivered: which one, to whom, and why. Pure. */
import type { Names } from './ids';
import type { Letter } from './letter';

export type Bounce = Readonly<{ effect: string; address: string; reason: string }>;

const REPORTS_FAILURE =
  /退信|退回|无法投递|投递失败|发送失败|undeliver|returned mail|delivery (?:status|failure|has failed)|failure notice|mail delivery failed/i;
const ADDRESS = /[\w.!#$%&'*+/=?^`{|}~-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}/g;
const REASON_AT_MOST = 200;
const READ_AT_MOST = 256 * 1024;

const field = (text: string, name: string): string =>
  (new RegExp(`^${name}\\s*:\\s*(.+(?:\\r?\\n[ \\t]+.+)*)`, 'im').exec(text)?.[1] ?? '').replace(/\s+/g, ' ').trim();

/** Null when it is no report about a mail of ours, or one of a delay, which is not the end. */
export function bounceIn(letter: Letter, account: string, names: Names): Bounce | null {
  const parts = letter.enclosed.map(({ type, bytes }) => ({ type, text: bytes.toString('latin1') }));
  const status = parts.find(({ type }) => type === 'message/delivery-status')?.text ?? '';
  if (status === '' ? !REPORTS_FAILURE.test(letter.subject) : !/^failed\b/i.test(field(status, 'action'))) return null;
  const all = [status, letter.text, letter.html, ...parts.map(({ text }) => text)].join('\n').slice(0, READ_AT_MOST);
  // Whom our Message-ID was made for is proven by it; the report only has to name them somewhere.
  const addresses = new Set([...letter.header('x-failed-recipients'), all].flatMap((text) => text.toLowerCase().match(ADDRESS) ?? []));
  for (const id of names.within(`${all}\n${letter.references.join('\n')}\n${letter.inReplyTo}`)) {
    for (const address of addresses) {
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
