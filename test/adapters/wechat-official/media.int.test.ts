/** Files that customers send an official account: fetched while the platform waits, or brought afterwards, or told of. */
import type { Reply } from '../../../dialogs/vocabulary';
import { memoryNotebook } from '../../support/memoryNotebook';
import { until } from '../../support/until';
import { type OfficialRig, openOfficialRig, type RigOptions } from '../../support/wechat-official/rig';

const said = (text: string): Reply => ({ kind: 'text', text });
const ID = '4561255354251345929';
let rig: OfficialRig;
const open = async (options: RigOptions = {}): Promise<OfficialRig> => {
  rig = await openOfficialRig(options);
  return rig;
};
afterEach(async () => {
  await rig.stop();
  await rig.close();
});
const shown = () => rig.platform.shown.map(({ by, text }) => `${by}: ${text}`);
const contents = () => [...rig.stored.values()].map(({ content }) => content);

describe('pictures, voice and clips', () => {
  const png = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');
  const amr = Buffer.from('#!AMR\n<\u0091\u0017\u0016', 'latin1');

  test('a voice message is kept with what the platform heard in it', async () => {
    await open({ replyTo: () => said('好的') });
    rig.platform.api.files.set('v1', { bytes: amr, name: 'v1.amr', type: 'audio/amr' });
    await rig.platform.post('school', 'u1', { MsgType: 'voice', MediaId: 'v1', Format: 'amr', Recognition: '收不到短信', MsgId: ID });
    expect(contents()).toMatchObject([{ kind: 'voice', transcript: '收不到短信', attachment: { type: 'audio/amr' } }]);
  });

  test('a clip is fetched from the address the platform gives instead of it', async () => {
    await open({ replyTo: () => said('好的') });
    const mp4 = Buffer.concat([Buffer.from([0, 0, 0, 0x18]), Buffer.from('ftypmp42'), Buffer.from([0, 0, 0, 0]), Buffer.from('mp42isom')]);
    rig.platform.api.files.set('c1', { bytes: mp4, name: 'c1.mp4', type: 'video/mp4' });
    await rig.platform.post('school', 'u1', { MsgType: 'video', MediaId: 'c1', ThumbMediaId: 't1', MsgId: ID });
    expect(contents()).toMatchObject([{ kind: 'file', attachment: { type: 'video/mp4' } }]);
  });

  test('a picture that comes slowly holds nobody up: the message is answered, and the picture follows as a part of it', async () => {
    await open({ replyTo: ({ part }) => (part ? undefined : said('收到')), times: { mediaWithin: 50 } });
    rig.platform.api.files.set('p1', { bytes: png, name: 'p1.png', type: 'image/png' });
    const letGo = rig.platform.hold('/cgi-bin/media/get');
    await rig.platform.post('school', 'u1', { MsgType: 'image', MediaId: 'p1', MsgId: ID });
    expect(shown()).toEqual(['response: 收到']);
    expect(contents()).toMatchObject([{ kind: 'image', attachment: { name: '图片（仍在微信服务器）', size: 0 } }]);
    letGo();
    await until(() => rig.stored.size === 2);
    expect([...rig.stored.values()][1]).toMatchObject({
      part: true,
      content: { kind: 'image', attachment: { type: 'image/png', size: png.length } },
    });
  });

  test('a picture that could not be fetched is fetched by whoever runs after a restart', async () => {
    const notebook = memoryNotebook();
    let now = Date.now();
    await open({ notebook, replyTo: () => said('收到'), times: { mediaWithin: 50 }, now: () => now });
    rig.platform.api.files.set('p1', { bytes: png, name: 'p1.png', type: 'image/png' });
    rig.platform.api.refuseNext('/cgi-bin/media/get', -1);
    await rig.platform.post('school', 'u1', { MsgType: 'image', MediaId: 'p1', MsgId: ID });
    await rig.stop();
    await rig.close();
    now += 10 * 60_000;
    await open({ notebook, now: () => now });
    rig.platform.api.files.set('p1', { bytes: png, name: 'p1.png', type: 'image/png' });
    await until(() => rig.stored.size === 1);
    expect([...rig.stored.values()]).toMatchObject([{ id: `${ID}/1`, part: true, content: { attachment: { type: 'image/png' } } }]);
  });

  test('a file the platform lost already is named as such', async () => {
    await open({ replyTo: () => said('收到') });
    await rig.platform.post('school', 'u1', { MsgType: 'image', MediaId: 'gone', MsgId: ID });
    expect(contents()).toMatchObject([{ kind: 'image', attachment: { name: '图片（微信服务器上已没有这个文件）' } }]);
  });

  const pendingPicture = { account: 'school', user: 'u1', media: { kind: 'image', mediaId: 'p1' } };

  test('a picture that was not to be had as long as the platform keeps it is told of', async () => {
    const notebook = memoryNotebook();
    const now = Date.now();
    await notebook.write('media', [{ ...pendingPicture, id: ID, at: now - 4 * 86_400_000 }], null);
    await open({ notebook, now: () => now });
    await until(() => rig.stored.size === 1);
    expect([...rig.stored.values()]).toMatchObject([
      { id: `${ID}/1`, part: true, content: { attachment: { name: '图片（三天内未能取得，请让客户重发）' } } },
    ]);
    await until(async () => JSON.stringify((await notebook.read('media'))?.value) === '[]');
  });

  test('while a thousand wait already, one more says at once that it may have to be sent again, and none of the others is given up', async () => {
    const notebook = memoryNotebook();
    const others = Array.from({ length: 1_000 }, (_, n) => ({ ...pendingPicture, id: `9${n}`, at: Date.now() }));
    await notebook.write('media', others, null);
    await open({ notebook, replyTo: () => said('收到'), times: { mediaWithin: 50 } });
    rig.platform.api.files.set('p2', { bytes: png, name: 'p2.png', type: 'image/png' });
    rig.platform.api.refuseNext('/cgi-bin/media/get', -1);
    await rig.platform.post('school', 'u1', { MsgType: 'image', MediaId: 'p2', MsgId: ID });
    expect(contents()).toMatchObject([{ kind: 'image', attachment: { name: '图片（等着取的文件太多，请让客户重发）' } }]);
    expect((await notebook.read('media'))?.value).toEqual(others);
  });
});
