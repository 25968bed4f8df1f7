/** A reply → messages of kf/send_msg: text, a menu to tap, or a file that has yet to be uploaded. Pure. */
import type { Attachment, Option, Reply } from '../../dialogs/vocabulary';
import { bytes, numbered, splitText } from '../limits';

export const LIMITS = { textLength: 2_048, options: 10, merge: true } as const;
/** Bytes of a menu's text, of an item's id and of what an item shows. */
const MENU_HEAD = 1_024;
const MENU_ITEM = 128;

export type WecomText = Readonly<{ msgtype: 'text'; text: Readonly<{ content: string }> }>;
export type WecomMenu = Readonly<{
  msgtype: 'msgmenu';
  msgmenu: Readonly<{
    head_content: string;
    list: readonly Readonly<{ type: 'click'; click: Readonly<{ id: string; content: string }> }>[];
  }>;
}>;
export type WecomFile = Readonly<{ msgtype: 'file'; attachment: Attachment; text: string }>;
export type WecomWire = WecomText | WecomMenu | WecomFile;

export const textWire = (content: string): WecomText => ({ msgtype: 'text', text: { content } });

/** A menu must fit whole: a reply that does not is text with its choices numbered, since a second message would be one of five. */
const fitsMenu = (text: string, options: readonly Option[]): boolean =>
  options.length > 0 &&
  options.length <= LIMITS.options &&
  text.trim() !== '' &&
  bytes(text) <= MENU_HEAD &&
  options.every(({ value, label }) => value !== '' && label !== '' && bytes(value) <= MENU_ITEM && bytes(label) <= MENU_ITEM);

export function encode(reply: Reply): readonly WecomWire[] {
  if (reply.kind === 'file') return [{ msgtype: 'file', attachment: reply.attachment, text: reply.text }];
  const options = reply.options ?? [];
  if (fitsMenu(reply.text, options)) {
    const list = options.map(({ value, label }) => ({ type: 'click' as const, click: { id: value, content: label } }));
    return [{ msgtype: 'msgmenu', msgmenu: { head_content: reply.text, list } }];
  }
  return textWires(numbered(reply.text, options));
}

export const textWires = (text: string): readonly WecomText[] => splitText(text, LIMITS.textLength, bytes).map(textWire);

/** A message in words alone, for when no menu can be tapped any more; each fits in a message. */
export function wordsOf(wire: WecomWire): readonly string[] {
  if (wire.msgtype === 'text') return [wire.text.content];
  if (wire.msgtype === 'file') return [wire.text];
  const options = wire.msgmenu.list.map(({ click }) => ({ value: click.id, label: click.content }));
  return splitText(numbered(wire.msgmenu.head_content, options), LIMITS.textLength, bytes);
}
