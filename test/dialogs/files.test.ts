/** One message is answered once, however many attachments it has; pictures in a row get one word. */
import type { Draft, Effect, State } from '../../dialogs/vocabulary';
import { createWorld, gather, happen, receive, type World } from '../support/world';

const picture = (name: string) =>
  ({ kind: 'image', attachment: { name, url: `https://files.example/${name}`, type: 'image/jpeg', size: 9 } }) as const;
const says = (world: World, text: string): readonly string[] => heard(receive(world, { kind: 'text', text }).effects);
const sends = (world: World, name: string): readonly string[] => heard(receive(world, picture(name)).effects);
const sendsAlong = (world: World, name: string): readonly Effect[] =>
  happen(world, { kind: 'received', part: true, content: picture(name), gathered: gather(world, picture(name)) }).effects;

const heard = (effects: readonly Effect[]): readonly string[] =>
  effects.flatMap((effect) => (effect.kind === 'reply' ? [effect.reply.text] : []));
const draftOf = (state: State): Draft | undefined => ('draft' in state ? state.draft : undefined);

test('words with two pictures are answered once, and both pictures are kept', () => {
  const world = createWorld();
  expect(says(world, '实验小学考勤机坏了,要报修')).toHaveLength(1);
  expect(heard([...sendsAlong(world, 'a.jpg'), ...sendsAlong(world, 'b.jpg')])).toEqual([]);
  expect(draftOf(world.state)?.slots.remark?.value).toMatch(/a\.jpg.*\n.*b\.jpg/);
});

test('pictures sent one after another get one word, and the next message its own answer', () => {
  const world = createWorld();
  says(world, '人工');
  expect(sends(world, 'a.jpg')).toEqual(['收到，已一并转给同事。']);
  expect(sends(world, 'b.jpg')).toEqual([]);
  expect(says(world, '刷卡没有反应')).toHaveLength(1);
  expect(sends(world, 'c.jpg')).toHaveLength(1);
});

test('a picture after a long while is answered again', () => {
  const world = createWorld();
  sends(world, 'a.jpg');
  world.now += 3_600_000;
  expect(sends(world, 'b.jpg')).toHaveLength(1);
});

test('a picture along with the word of confirmation goes to the ticket just opened', () => {
  const world = createWorld();
  says(world, '我要登记，实验小学三年级2班王小明13800138000，收不到短信');
  says(world, '确认');
  expect(sendsAlong(world, 'a.jpg')).toMatchObject([{ kind: 'tellDesk', ticket: '20261123-0001', attachment: { name: 'a.jpg' } }]);
});
