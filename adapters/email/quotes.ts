/** What somebody wrote into a mail, without what they quoted and without their signature, whatever client they use. Pure. */
import { withoutSignature } from './signatures';

const LABEL = '(?:发件人|寄件者|寄件人|發件人|From)';
const OTHERS = '(?:发送时间|发送日期|发件时间|日期|时间|收件人|抄送|主题|寄件日期|傳送時間|收件者|主旨|Sent|Date|To|Cc|Subject)';
const SIGN = '\\*{0,2}\\s*[:：|]';
const FROM_LINE = new RegExp(`^[|*\\s]*${LABEL}${SIGN}`, 'i');
const OTHER_LINE = new RegExp(`^[|*\\s]*${OTHERS}${SIGN}`, 'i');
const DIVIDER =
  /^\s*[-—–_=*]{2,}\s*(?:原始邮件|原邮件|原始郵件|回复的原邮件|转发的原邮件|转发的邮件|转发邮件信息|转发邮件|Original Message|Forwarded message|Reply message).*$/i;
const FORWARDED = /^\s*(?:Begin forwarded message|开始转发的邮件|下面是被转发的邮件)\s*[:：]?\s*$/i;
const RULER = /^\s*_{10,}\s*$/;
/** 「在 2026-11-22 10:00，客服 <…> 写道：」, "On …, … wrote:"; a date or an address must be in it, for people write 写道 too. */
const ATTRIBUTION = /^.{0,400}(?:写道|寫道|wrote)\s*[:：]\s*$/is;
const DATED = /@|\d{4}\s*[-/年.]\s*\d{1,2}|\d{1,2}\s+[A-Z][a-z]{2,8}\.?,?\s+\d{4}|[A-Z][a-z]{2,8}\.?\s+\d{1,2},?\s+\d{4}/;
/** How one begins that goes on in the next line. */
const BEGINS = /^\s*(?:On|At|在|\d{4})|<[^<>\s]+@[^<>\s]+>/;
const QUOTED = /^\s*[>＞]/;
/** Clients fold what is longer: a line without the mark after such a one is its rest. */
const FOLDED_FROM = 60;

const width = (line: string): number => [...line].reduce((sum, sign) => sum + (sign.charCodeAt(0) > 0xff ? 2 : 1), 0);
const blank = (line: string | undefined): boolean => line === undefined || line.trim() === '';
const hasWords = (text: string): boolean => /[\p{L}\p{N}]/u.test(text);

/** How many lines from here on only say whose mail is quoted below; 0 when none do. */
function headerAt(lines: readonly string[], at: number): number {
  const line = lines[at] ?? '';
  if (DIVIDER.test(line) || FORWARDED.test(line)) return 1 + blockAt(lines, at + 1);
  if (RULER.test(line)) {
    const block = blockAt(lines, at + 1);
    return block > 0 ? 1 + block : 0;
  }
  if (FROM_LINE.test(line)) return blockAt(lines, at);
  for (let count = 1; count <= 3; count += 1) {
    if (blank(lines[at + count - 1])) return 0;
    const joined = lines.slice(at, at + count).join(' ');
    if (ATTRIBUTION.test(joined) && DATED.test(joined) && (count === 1 || BEGINS.test(line))) return count;
  }
  return 0;
}

/** The lines 发件人：, 发送时间：… of a quoted mail, with the blank lines before and among them. */
function blockAt(lines: readonly string[], at: number): number {
  let [end, from, others] = [at, false, 0];
  for (let next = at; next < lines.length && next < at + 16; next += 1) {
    const line = lines[next] ?? '';
    if (FROM_LINE.test(line)) from = true;
    else if (OTHER_LINE.test(line)) others += 1;
    else if (blank(line) || /^[|\s:-]+$/.test(line)) continue;
    else break;
    end = next + 1;
  }
  return from && others > 0 ? end - at : 0;
}

/** Where the quoted part begins, and where it goes on below the lines that say whose it is. */
function findQuote(lines: readonly string[]): Readonly<{ from: number; below: number }> {
  for (let at = 0; at < lines.length; at += 1) {
    if (QUOTED.test(lines[at] ?? '')) continue;
    const header = headerAt(lines, at);
    if (header > 0) return { from: at, below: at + header };
  }
  return { from: lines.length, below: lines.length };
}

/** What stands between marked lines and is not the rest of one. */
function between(lines: readonly string[]): string[] {
  if (!lines.some((line) => QUOTED.test(line))) return [];
  let folded = false;
  return lines.filter((line) => {
    const quoted = QUOTED.test(line);
    const rest = !quoted && folded && !blank(line);
    folded = (quoted || rest) && width(line) >= FOLDED_FROM;
    return !quoted && !rest;
  });
}

// Line by line: a pattern for blanks before an end looks again from each of a million blanks.
const tidy = (text: string): string =>
  text
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
const unmarked = (line: string): string => line.replace(/^(?:\s*[>＞])+\s?/, '');

/** Everything below, without the marks, the lines that name quoted mails and the lines that are ours. */
function inside(lines: readonly string[], isOurs: (line: string) => boolean): string {
  const bare = lines.map(unmarked);
  const kept: string[] = [];
  for (let at = 0; at < bare.length; at += 1) {
    const header = headerAt(bare, at);
    if (header > 0) at += header - 1;
    else if (isOurs(`${bare[at]}${bare[at + 1]}`)) at += 1;
    else if (!isOurs(bare[at] ?? '')) kept.push(bare[at] ?? '');
  }
  return kept.join('\n');
}

/**
 * The writer's own words. Those above a quotation and those between its marked lines; when there are none, what was written into it:
 * its lines without `isOurs`, those we had sent. A mail that only passes another on says what that one says.
 */
export function ownWords(text: string, isOurs: (line: string) => boolean = () => false): string {
  const lines = text
    .replace(/\r\n?/g, '\n')
    .replace(/\u200b|\u200c|\ufeff/g, '')
    .replace(/\u00a0/g, ' ')
    .split('\n');
  const { from, below } = findQuote(lines);
  const above = withoutSignature(
    lines
      .slice(0, from)
      .filter((line) => !QUOTED.test(line))
      .join('\n'),
  );
  const inline = withoutSignature(between(lines.slice(below)).join('\n'));
  const own = tidy([above, inline].filter(hasWords).join('\n'));
  if (own !== '') return own;
  const quoted = from < lines.length ? lines.slice(below) : lines.filter((line) => QUOTED.test(line));
  const written = tidy(withoutSignature(inside(quoted, isOurs)));
  return hasWords(written) ? written : tidy(above);
}
