/** The language of what people ask and teach, told from the words alone: a store keeps no more of them. */
import { languageOf } from '../../dialogs/language';
import type { Language } from '../../knowledge/index';
import { isPinyin } from '../../knowledge/pinyin';

/** Of a few Latin words that make no sentence, those that cannot be pinyin are English. */
export function writtenIn(text: string): Language {
  const words = text.toLowerCase().match(/[a-z]+/g) ?? [];
  return languageOf(text) ?? (/\p{Script=Han}/u.test(text) || words.every(isPinyin) ? 'zh' : 'en');
}
