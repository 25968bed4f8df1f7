/** The language a customer writes in, where it is plain; names, numbers, class codes and single words say nothing about it. */
import type { Content, Event, Locale, Memory } from './vocabulary';

/** Words an English sentence is built of; names have none of them, and pinyin none of these. */
const english = new Set(
  (
    'i my we our your his it its they the of to in at for from with and but not is are was be been am do does did don doesn didn could cannot ' +
    'would will want need have had get got receive received message messages child son daughter teacher please how what when where why who ' +
    'which there this that any still never always help know tell talk speak person cancel pay paid charged service'
  ).split(' '),
);
const fewestWords = 3;
const fewestEnglish = 2;
/** What Chinese sentences are built of, and orders given in a word. */
const chinese = /[我你您们的了吗呢吧是不没有在要想请怎么什么这那会能可以好谢给把都也就还说讲办]/g;
const orders = /人工|取消|确认|退订|开通|报修|投诉|查询|登记|收到/;

/** The language of a text when it is a sentence in one; nothing when it could be either. */
export function languageOf(text: string): Locale | undefined {
  if (/\p{Script=Han}/u.test(text)) return (text.match(chinese) ?? []).length >= 2 || orders.test(text) ? 'zh' : undefined;
  const words = text.toLowerCase().match(/[a-z]+/g) ?? [];
  const known = new Set(words.filter((word) => english.has(word))).size;
  return words.length >= fewestWords && known >= fewestEnglish ? 'en' : undefined;
}

function wordsOf(content: Content): string {
  if (content.kind === 'text') return content.text;
  return 'transcript' in content ? (content.transcript ?? '') : '';
}

/** The language a customer has chosen by writing in it, kept only while it differs from the one their channel declares. */
export function spokenAfter({ spoken }: Memory, event: Event): Locale | undefined {
  const said = event.kind === 'received' ? languageOf(wordsOf(event.content)) : undefined;
  const now = said ?? spoken;
  return now === event.locale ? undefined : now;
}
