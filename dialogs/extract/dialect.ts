/** Words of the dialects parents write as they speak, in the words the articles and rules are written in; slots keep what was said. */
import { normalize } from './text';

const WORDS: readonly (readonly [RegExp, string])[] = [
  // south-western: 咋个没得短信喃
  [/咋个|啷个|咋子/g, '怎么'],
  [/没得|莫得|冇得|木有/g, '没有'],
  [/不得行/g, '不行'],
  [/好多钱/g, '多少钱'],
  [/屋头/g, '家里'],
  [/晓得/g, '知道'],
  [/(?:娃儿|娃崽|伢崽|伢子|孩儿|囡囡|小囡|细路仔?)(?!园)/g, '孩子'],
  [/[喃噻撒](?=$|[^\p{L}])/gu, '呢'],
  // Cantonese, after its single characters became the common ones: 点解收不到, 边度退
  [/点解/g, '为什么'],
  [/点样|点算|点搞/g, '怎么办'],
  [/几多钱/g, '多少钱'],
  [/边度/g, '哪里'],
  [/乜嘢|么子/g, '什么'],
  [/系咪/g, '是不是'],
  [/[俾畀](?=我|佢|他|你|老师|家长)/g, '给'],
  // northern
  [/咋整/g, '怎么办'],
  [/俺们?/g, '我们'],
];
const ANY = new RegExp(WORDS.map(([word]) => word.source).join('|'), 'u');

/** The text with dialect words in Mandarin; a text without any comes back as it is. */
export function mandarin(text: string): string {
  const common = normalize(text);
  if (!ANY.test(common)) return text;
  return WORDS.reduce((said, [word, meant]) => said.replace(word, meant), common);
}
