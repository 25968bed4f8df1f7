/** The desk's words in the customer's language. */
import type { Locale } from '../vocabulary';
import { en } from './en';
import { zh } from './zh';

export type Copy = typeof zh;

export function copyFor(locale: Locale): Copy {
  return locale === 'en' ? en : zh;
}
