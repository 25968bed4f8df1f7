/** A form card sent whole: what was typed wrong comes back to be mended, each with its reason. */
import { maskEntry } from '../../adapters/mask';
import type { Effect } from '../../dialogs/vocabulary';
import { createWorld, receive } from '../support/world';

const formIn = (effects: readonly Effect[]) =>
  effects.flatMap((effect) => (effect.kind === 'reply' && effect.reply.kind === 'form' ? [effect.reply] : []))[0];

function sent(values: Readonly<Record<string, string>>) {
  const world = createWorld();
  receive(world, { kind: 'text', text: '我要登记一个问题' });
  return { world, form: formIn(receive(world, { kind: 'fields', values }).effects) };
}
const values = { school: '实验小学', class: '三年级', name: '王小明', phone: '1380013', issue: '收不到老师发的短信' };

test('every wrong value is on the card that comes back with its own reason, and what was right is kept', () => {
  const { form } = sent(values);
  const shown = Object.fromEntries((form?.fields ?? []).map(({ name, value, wrong }) => [name, wrong ?? value]));
  expect(shown).toMatchObject({
    name: '王小明',
    issue: '收不到老师发的短信',
    class: { value: '三年级', reason: expect.stringContaining('几班') },
    phone: { value: '1380013', reason: expect.stringContaining('11位') },
  });
  // Nothing that was refused passes for known.
  expect(form?.fields.find(({ name }) => name === 'phone')?.value).toBeUndefined();
});

test('once mended it is gone from the card', () => {
  const { world } = sent(values);
  const again = formIn(receive(world, { kind: 'fields', values: { ...values, class: '三年级2班' } }).effects);
  expect(again?.fields.flatMap(({ name, wrong }) => (wrong ? [name] : []))).toEqual(['phone']);
});

test('a number in it is covered where agents read the conversation', () => {
  const { form } = sent({ ...values, name: '13900139000' });
  if (!form) throw new Error('no form came back');
  expect(JSON.stringify(form.fields)).toContain('13900139000');
  expect(JSON.stringify(maskEntry({ seq: 1, at: 0, id: 'e', author: 'bot', reply: form }))).not.toContain('13900139000');
});
