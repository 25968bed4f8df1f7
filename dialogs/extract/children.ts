/** Several pupils in one message, each told with a class: 「大的张小明三年二班，小的张小红一年级4班」. Nobody's name is paired with another's class. */
import { surroundings } from './mention';
import { isName, nameLength } from './name';
import { piece } from './pattern';
import { CUT, cut, MARKS } from './text';
import type { Span } from './types';

export type Child = Readonly<{ name: Span; class: Span }>;

const LEAD = new RegExp(piece`
    ^(?:我家|我们家?|我|家里|有|(?:两|俩|2|三|3)个?|孩子|小孩|娃儿?|学生|另?一个|还有|和|跟|[大小]的|老[大二三]|[大二三]宝
    |哥哥?|姐姐?|弟弟?|妹妹?|[大小]?(?:儿子|女儿|闺女|姑娘)|分别|是|叫|的|:)+
  `);
const JOINT = new RegExp(`[\\s,、:]*(?:在|是|读|上|念|的|就读于?|现在|[${MARKS}])*[\\s,、:]*$`);
/** Who of several somebody is. */
const WHICH = /(?:有)?(?:两|俩|2|三|3)个?(?:孩子|小孩|娃儿?|学生)|[大小]的|老[大二三]|[大二三]宝|[哥姐弟妹]{1,2}|另?一个/g;
const MOVED = /(?:从|转|调|升|换|改|原|以前|不是)[^,;。]{0,4}$/;

/** 「陆子萱市二幼」: a name with a school behind it that nobody has cut out. */
function beforeSchool(body: string): number {
  const school = /^[一-龥]{1,8}[校学园幼中小]$/;
  return [3, 2, 4].find((length) => isName(body.slice(0, length)) && school.test(body.slice(length))) ?? 0;
}

/** The name at the head of a clause, behind the words for who is meant. */
function nameIn(clause: string, start: number, lengthOf: (body: string) => number): Span | undefined {
  const lead = LEAD.exec(clause)?.[0].length ?? 0;
  const body = clause.slice(lead);
  const length = isName(body) ? body.length : lengthOf(body);
  return length === 0 ? undefined : { start: start + lead, end: start + lead + length, value: body.slice(0, length) };
}

/** The name that ends right before `end`, not further back than `from`. */
function before(text: string, from: number, end: number): Span | undefined {
  const told = text.slice(from, end).replace(JOINT, '');
  const clause = /[一-龥·]*$/.exec(told)?.[0] ?? '';
  return nameIn(clause, from + told.length - clause.length, beforeSchool);
}

/** The name that begins right behind `from`. */
function behind(text: string, from: number, end: number): Span | undefined {
  const rest = text.slice(from, end);
  const gap = /^[\s,、:的]*/.exec(rest)?.[0].length ?? 0;
  return nameIn(/^[一-龥·]*/.exec(rest.slice(gap))?.[0] ?? '', from + gap, nameLength);
}

/**
 * The pupils of a message that names several with a class each; fewer than two are nobody. `text` has schools and classes cut out.
 * All are told in one order, name before class or class before name, as the first one is.
 */
export function findChildren(text: string, classes: readonly Span[]): readonly Child[] {
  const told = [...classes].filter((span) => !MOVED.test(surroundings(text, span).before)).sort((a, b) => a.start - b.start);
  const [first] = told;
  if (!first || told.length < 2) return [];
  const nameFirst = before(text, 0, first.start) !== undefined;
  const children = told.flatMap((own, at): readonly Child[] => {
    const name = nameFirst ? before(text, told[at - 1]?.end ?? 0, own.start) : behind(text, own.end, told[at + 1]?.start ?? text.length);
    return name ? [{ name, class: own }] : [];
  });
  return new Set(children.map(({ name }) => name.value)).size > 1 ? children : [];
}

/** `text` without the other pupils: what is left, if anything, is the matter. */
export function withoutOthers(text: string, others: readonly Child[]): string {
  return cut(
    text,
    others.map(({ name }) => name),
  ).replace(WHICH, (words) => CUT.repeat(words.length));
}

/** The child told right behind the school, or the first. */
export function childAt(children: readonly Child[], schoolEnd: number | undefined): Child | undefined {
  const behindSchool = schoolEnd === undefined ? undefined : children.find((child) => child.class.start >= schoolEnd);
  return behindSchool ?? children[0];
}
