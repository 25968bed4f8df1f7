/**
 * Prints the tables of `dialogs/extract/nameCharacters.ts` and `surnameWords.ts` out of jieba's dictionary (MIT): `node dist/bench/nameTables.js`.
 *
 * A character is typical of given names when it stands in the dictionary's names far more often than in its words, unlikely when it is the
 * other way round. A word counts when it is common, has two characters, begins with a surname and is nobody's name.
 */
import { dict } from '@node-rs/jieba/dict';
import { NOT_GIVEN } from '../dialogs/extract/nameCharacters';
import { isSurname } from '../dialogs/extract/surnames';

/** Favoured for children of today, whom the dictionary does not know. */
const OF_TODAY =
  '梓涵萱沐宸辰玥睿芮诺汐洛茉苒妍欣怡艺依语芯桐雨晨曦馨悦彤皓轩逸奕泽熙茗墨苏可心念安一子小思若初予知星野昕昱朵糖果暖柠夏珩烁煜祺淇瑾霖航博文嘉佳佑天宇浩然俊杰铭旭晓琪瑶萌甜乐凡帆阳' +
  '磊强越爽伟勇超鹏飞斌涛军明刚峰辉波龙洋宁静芳敏丽娟艳霞玲红燕婷雪洁莹颖倩琳媛蕾薇璐坤凯旋楠彬鑫淼晶毅岩帅亮健康达征畅欢笑愿朗潇悠扬清远川林森木禾苗松柏竹梅兰荷成国华平英东海山建德志雷遥';
/** Said to this desk every day and in no dictionary: words, and a surname beside a character of another word. */
const OF_OURS =
  '安卓 华为 谷歌 解绑 解锁 解封 充值 充钱 储值 盖章 家校 家访 家委 班群 班费 班会 班干 双减 双休 双胞 空号 单号 代扣 易用 易错 包年 查收 查下 查一 查到 ' +
  '宿管 蓝屏 白屏 白名 红叉 阳光 祝您 祝你 祝福 师傅 师生 谢谢 温馨 水卡 能用 能行 能收 能看 能查 能不 能挂 都没 都是 都有 都不 都扣 向您 向你 明白 全款 全是 ' +
  '高二 高三 连不 别再 干嘛 干什 管不 印错 从上 从楼 和教 费钱 文老 通老 班老 人来 段时 那会 那几 曾用 须知 越来 卢比 石家';
const WORD_FREQUENCY = 30;
const COLUMNS = 132;

const print = (line: string): void => void process.stdout.write(`${line}\n`);
const entries = Buffer.from(dict)
  .toString()
  .trim()
  .split('\n')
  .map((line) => line.split(' '))
  .map(([word = '', frequency = '0', tag = '']) => ({ word, frequency: Number(frequency), tag }))
  .filter(({ word }) => /^[一-龥]+$/.test(word));

type Use = Readonly<{ lean: number; names: number; words: number; entries: number }>;

function characters(): ReadonlyMap<string, Use> {
  const names = new Map<string, number>();
  const words = new Map<string, number>();
  const holding = new Map<string, number>();
  let inNames = 0;
  let inWords = 0;
  for (const { word, frequency, tag } of entries) {
    const isName = tag === 'nr' && (word.length === 2 || word.length === 3) && isSurname(word.charAt(0));
    for (const unit of new Set(word)) holding.set(unit, (holding.get(unit) ?? 0) + 1);
    for (const unit of isName ? word.slice(1) : word) {
      if (isName) names.set(unit, (names.get(unit) ?? 0) + 1);
      else if (!tag.startsWith('nr')) words.set(unit, (words.get(unit) ?? 0) + frequency);
      if (isName) inNames += 1;
      else if (!tag.startsWith('nr')) inWords += frequency;
    }
  }
  const all = [...new Set([...names.keys(), ...words.keys()])];
  return new Map(
    all.map((unit) => {
      const [n, w] = [names.get(unit) ?? 0, words.get(unit) ?? 0];
      const lean = Math.log((n + 0.5) / (inNames + 3000)) - Math.log((w + 300) / (inWords + 300 * 6000));
      return [unit, { lean, names: n, words: w, entries: holding.get(unit) ?? 0 }];
    }),
  );
}

function table(name: string, units: readonly string[]): void {
  const text = units.join('');
  print(`export const ${name} =`);
  for (let at = 0; at < text.length; at += COLUMNS) print(`  '${text.slice(at, at + COLUMNS)}'${at + COLUMNS < text.length ? ' +' : ';'}`);
}

function main(): void {
  const known = [...characters()];
  const typical = known.filter(([unit, { lean, names }]) => OF_TODAY.includes(unit) || (lean > 1.3 && names >= 10 && !NOT_GIVEN.has(unit)));
  const unlikely = known.filter(
    ([unit, { lean, words, entries }]) => !OF_TODAY.includes(unit) && lean < -1.2 && words > 6000 && entries > 20 && !NOT_GIVEN.has(unit),
  );
  table(
    'TYPICAL',
    typical.map(([unit]) => unit),
  );
  table(
    'UNLIKELY',
    unlikely.map(([unit]) => unit),
  );
  const seconds = new Map<string, string>();
  for (const { word, frequency, tag } of entries)
    if (word.length === 2 && isSurname(word.charAt(0)) && frequency >= WORD_FREQUENCY && !tag.startsWith('nr'))
      seconds.set(word.charAt(0), (seconds.get(word.charAt(0)) ?? '') + word.charAt(1));
  for (const word of OF_OURS.split(' '))
    if (isSurname(word.charAt(0)) && !seconds.get(word.charAt(0))?.includes(word.charAt(1)))
      seconds.set(word.charAt(0), (seconds.get(word.charAt(0)) ?? '') + word.charAt(1));
  const text = [...seconds].map(([first, rest]) => `${first}${rest}`).join(' ');
  table('WORDS', [text]);
}

main();
