/** The XML Tencent speaks: one `<xml>` element of fields, texts in CDATA. Numbers stay text, since a message id of 64 bits is no JavaScript number. */
import { XMLParser } from 'fast-xml-parser';

/** Fields by name: text, or fields again, or several of them where a name stands more than once. From outside: parse before use. */
export type XmlFields = Readonly<{ [name: string]: unknown }>;
/** What may be written: a number stands bare, a text in CDATA. */
export type XmlValue = string | number | Readonly<{ [name: string]: XmlValue }> | readonly XmlValue[];

const parser = new XMLParser({ parseTagValue: false, processEntities: false });
/** What XML 1.0 cannot hold, however it is written. */
const FORBIDDEN = /[^\P{Cc}\t\n\r]|[\p{Cs}\ufffe\uffff]/gu;

/** The fields of the `<xml>` element; null when it is anything else, or dangerous. Never throws. */
export function parseXml(text: string): XmlFields | null {
  try {
    const { xml }: { xml?: unknown } = parser.parse(text);
    return typeof xml === 'object' && xml !== null && !Array.isArray(xml) ? { ...xml } : null;
  } catch {
    return null;
  }
}

/** `<xml>…</xml>` of the fields, in their order; a list repeats its name. */
export const buildXml = (fields: Readonly<{ [name: string]: XmlValue }>): string => element('xml', fields);

function element(name: string, value: XmlValue): string {
  if (isList(value)) return value.map((one) => element(name, one)).join('');
  if (typeof value === 'number') return `<${name}>${value}</${name}>`;
  if (typeof value === 'string') return `<${name}><![CDATA[${inCdata(value)}]]></${name}>`;
  const inner = Object.entries(value).map(([key, one]) => element(key, one));
  return `<${name}>${inner.join('')}</${name}>`;
}

const isList = (value: XmlValue): value is readonly XmlValue[] => Array.isArray(value);

/** `]]>` inside would end the section early: it is cut in two sections. */
const inCdata = (text: string): string => text.replace(FORBIDDEN, '').replaceAll(']]>', ']]]]><![CDATA[>');
