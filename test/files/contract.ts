/** What the file store must hold to wherever its files lie: one suite, run over each shelf. */
import { once } from 'node:events';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { kindOf } from '../../adapters/files';
import type { Attachment } from '../../dialogs/vocabulary';
import { createFileDoor } from '../../src/files/door';
import { createFiles, type FileStore } from '../../src/files/files';
import { bare } from '../../src/files/links';
import type { Shelf } from '../../src/files/shelf';
import { pictures } from './pictures';

const png = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==', 'base64');
const bytesOf = async function* (...parts: readonly Uint8Array[]) {
  yield* parts;
};

const box = (brand: string) => Buffer.from(`\0\0\0\u0018ftyp${brand}\0\0\0\0mp42isom`, 'latin1');
const latin = (text: string) => Buffer.from(text, 'latin1');
const opus = latin(`OggS\0\u0002${'\0'.repeat(20)}\u0001\u0013OpusHead\u0001\u0001`);
/** What parents send, by the first bytes of each. */
const sent: readonly (readonly [what: string, bytes: Buffer, extension: string, type: string, kind: string])[] = [
  ['a voice message of a phone', latin('#!AMR\n<\u0091\u0017'), 'amr', 'audio/amr', 'voice'],
  ['a voice message of WeChat', latin('\u0002#!SILK_V3\u000c\0'), 'silk', 'audio/silk', 'voice'],
  ['the same without WeChat’s first byte', latin('#!SILK_V3\u000c\0'), 'silk', 'audio/silk', 'voice'],
  ['an MP3', latin('ID3\u0003\0\0\0\0\0\0\u00ff\u00fb\u0090\0'.padEnd(400, '\0')), 'mp3', 'audio/mpeg', 'voice'],
  ['a recording of an iPhone', box('M4A '), 'm4a', 'audio/mp4', 'voice'],
  ['AAC of a recorder', latin('\u00ff\u00f1\u0050\u0080\u0003\u00df\u00fc'), 'aac', 'audio/aac', 'voice'],
  ['a WAV', latin('RIFF$\0\0\0WAVEfmt '), 'wav', 'audio/wav', 'voice'],
  ['a voice message of a browser', opus, 'ogg', 'audio/ogg', 'voice'],
  ['a clip', box('isom'), 'mp4', 'video/mp4', 'file'],
  ['a clip of an iPhone', box('qt  '), 'mov', 'video/quicktime', 'file'],
  ['a clip of an old phone', box('3gp4'), '3gp', 'video/3gpp', 'file'],
  ['a picture of an iPhone', box('heic'), 'heic', 'image/heic', 'image'],
  ['the same by its other name', box('mif1'), 'heic', 'image/heic', 'image'],
];

/** A shelf and how to look at it from outside; null for the folder the store makes itself. */
export type Place = Readonly<{ shelf: Shelf | null; names(dir: string): Promise<readonly string[]>; close(): Promise<void> }>;

export function fileStoreContract(where: string, open: () => Promise<Place>): void {
  describe(`a file ${where}`, () => {
    let dir: string;
    let files: FileStore;
    let place: { names(): Promise<readonly string[]> };
    let close: () => Promise<void>;
    beforeEach(async () => {
      dir = await mkdtemp(join(tmpdir(), 'qiao-files-'));
      const opened = await open();
      place = { names: () => opened.names(dir) };
      close = opened.close;
      files = createFiles({
        dir,
        secret: 'a secret of sufficient length',
        publicUrl: 'https://help.example',
        ...(opened.shelf && { shelf: opened.shelf }),
      });
    });
    afterEach(async () => {
      await close();
      await rm(dir, { recursive: true });
    });

    const kept = async (name: string, ...parts: readonly Uint8Array[]) => {
      const result = await files.keep(bytesOf(...parts), name);
      if (result.kind !== 'kept') throw new Error(result.message);
      return result.attachment;
    };

    test.each(sent)('that is %s is kept under its kind, and is a message of that kind', async (_, bytes, extension, type, kind) => {
      const attachment = await kept('收到的', bytes);
      expect(attachment).toMatchObject({ name: `收到的.${extension}`, type });
      expect(attachment.url).toMatch(new RegExp(`^/files/[0-9a-f]{64}\\.${extension}$`));
      expect(files.linked(files.open(attachment).url)).toEqual(attachment);
      expect(kindOf(attachment.type)).toBe(kind);
    });

    test.each([
      ['SVG', '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'],
      ['SVG behind an XML head', '<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>'],
      ['HTML', '<!doctype html><script>alert(1)</script>'],
      ['a program', 'MZ\u0090\0'],
      ['words that call themselves a voice', 'SILK_V3'],
    ])('that is %s is refused whatever it is called', async (_, text) => {
      expect(await files.keep(bytesOf(latin(text)), '照片.jpg')).toMatchObject({ kind: 'refused', reason: 'type-refused' });
    });

    test('of a kind that is small by nature may not be as large as a clip', async () => {
      const long = Buffer.concat([latin('#!AMR\n'), Buffer.alloc(10 * 1024 * 1024)]);
      expect(await files.keep(bytesOf(long), '语音.amr')).toMatchObject({ reason: 'too-large', limit: 10 * 1024 * 1024 });
      expect(await readdir(join(dir, 'incoming'))).toEqual([]);
    });

    test('is named by its content, typed by its bytes and read again as it was', async () => {
      const attachment = await kept('截图', png.subarray(0, 20), png.subarray(20));
      expect(attachment).toMatchObject({ name: '截图.png', type: 'image/png', size: png.length });
      expect(Buffer.from((await files.read(attachment)) ?? [])).toEqual(png);
    });

    test('sent by two people is kept once, each with their own name for it', async () => {
      const [one, two] = [await kept('a.png', png), await kept('b.png', png)];
      expect([one.name, two.name, one.url === two.url]).toEqual(['a.png', 'b.png', true]);
      expect(await place.names()).toHaveLength(1);
    });

    test('larger than allowed, or of a kind not allowed, is refused in words that say what is, and leaves nothing behind', async () => {
      const large = await files.keep(bytesOf(png, png), 'a.png', { maxBytes: png.length });
      const page = await files.keep(bytesOf(Buffer.from('<html><script>1</script>')), 'a.png');
      const pdf = await files.keep(bytesOf(Buffer.from('%PDF-1.4\n')), 'a.pdf', { types: ['image/png'] });
      expect([large, page, pdf].map((one) => one.kind === 'refused' && one.reason)).toEqual(['too-large', 'type-refused', 'type-refused']);
      expect(large).toMatchObject({ limit: png.length, message: expect.stringContaining('文件太大') });
      expect([await place.names(), await readdir(join(dir, 'incoming'))]).toEqual([[], []]);
    });

    test('whose bytes break off is not kept', async () => {
      const broken = async function* () {
        yield png.subarray(0, 20);
        throw new Error('the platform hung up');
      };
      await expect(files.keep(broken(), 'a.png')).rejects.toThrow('the platform hung up');
      expect(await readdir(join(dir, 'incoming'))).toEqual([]);
    });

    test('of somebody else, or gone, cannot be read', async () => {
      const elsewhere = { name: 'x.png', url: 'https://gateway.example/x.png', type: 'image/png', size: 1 };
      expect(await files.read(elsewhere)).toBeNull();
      expect(await files.read({ ...elsewhere, url: '/files/../../etc/passwd' })).toBeNull();
      expect(await files.read({ ...elsewhere, url: bare(`${'ab'.repeat(32)}.png`) })).toBeNull();
    });

    test('has a whole address for other programs, which opens it; what is from elsewhere keeps its own', async () => {
      const attachment = await kept('a.png', png);
      const { url } = files.openOutside(attachment);
      expect(url).toMatch(/^https:\/\/help\.example\/files\/[0-9a-f]{64}\.png\?/);
      expect(files.linked(url)).toEqual(attachment);
      const elsewhere = { ...attachment, url: 'https://gateway.example/x.png' };
      expect(files.openOutside(elsewhere)).toBe(elsewhere);
    });

    describe('that is played', () => {
      const voice = Buffer.concat([latin('#!AMR\n'), Buffer.from(Array.from({ length: 994 }, (_, n) => n % 251))]);
      let address: string;
      let server: Server;
      beforeEach(async () => {
        const door = createFileDoor(files);
        server = createServer((request, response) => void (door(request, response) ?? response.writeHead(404).end()));
        server.listen(0, '127.0.0.1');
        await once(server, 'listening');
        address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`; // a TCP server has one
      });
      afterEach(async () => {
        server.closeAllConnections();
        server.close();
        await once(server, 'close');
      });
      const ask = async (attachment: Attachment, headers: Readonly<Record<string, string>> = {}, method = 'GET') => {
        const response = await fetch(address + files.open(attachment).url, { method, headers });
        const told = (name: string) => response.headers.get(name);
        return {
          status: response.status,
          range: told('content-range'),
          length: Number(told('content-length')),
          accepts: told('accept-ranges'),
          tag: told('etag') ?? '',
          shown: told('content-disposition')?.split(';')[0],
          bytes: Buffer.from(await response.arrayBuffer()),
        };
      };

      test.each([
        ['the two bytes a phone tries first', 'bytes=0-1', 'bytes 0-1/1000', 0, 2],
        ['from somewhere to the end', 'bytes=990-', 'bytes 990-999/1000', 990, 1000],
        ['the last of it', 'bytes=-7', 'bytes 993-999/1000', 993, 1000],
        ['more than there is', 'bytes=10-5000', 'bytes 10-999/1000', 10, 1000],
      ])('is given in parts: %s', async (_, range, told, from, to) => {
        const answer = await ask(await kept('语音.amr', voice), { range });
        expect(answer).toMatchObject({ status: 206, range: told, length: to - from, accepts: 'bytes', shown: 'inline' });
        expect(answer.bytes.equals(voice.subarray(from, to))).toBe(true);
      });

      test.each(['bytes=1000-', 'bytes=-0'])('says how long it is when it has no such part: %s', async (range) => {
        expect(await ask(await kept('语音.amr', voice), { range })).toMatchObject({ status: 416, range: 'bytes */1000', length: 0 });
      });

      test.each(['bytes=5-2', 'bytes=0-1,5-9', 'lines=1-2', 'bytes=-'])('is given whole when asked in another way: %s', async (range) => {
        const answer = await ask(await kept('语音.amr', voice), { range });
        expect([answer.status, answer.bytes.equals(voice)]).toEqual([200, true]);
      });

      test('tells of itself without its bytes', async () => {
        const answer = await ask(await kept('语音.amr', voice), { range: 'bytes=0-1' }, 'HEAD');
        expect(answer).toMatchObject({ status: 200, length: 1000, accepts: 'bytes', range: null });
        expect(answer.bytes).toHaveLength(0);
      });

      test('goes on where it stopped only for whoever holds the same file', async () => {
        const attachment = await kept('语音.amr', voice);
        const { tag } = await ask(attachment);
        expect((await ask(attachment, { range: 'bytes=5-9', 'if-range': tag })).status).toBe(206);
        expect((await ask(attachment, { range: 'bytes=5-9', 'if-range': '"another"' })).status).toBe(200);
      });

      test('is a download when it is neither seen nor heard, in parts too; a picture is given whole', async () => {
        const pdf = await kept('通知.pdf', latin('%PDF-1.4\n%%EOF\n'));
        expect(await ask(pdf, { range: 'bytes=0-3' })).toMatchObject({ status: 206, shown: 'attachment' });
        expect(await ask(await kept('a.png', png), { range: 'bytes=0-3' })).toMatchObject({
          status: 200,
          accepts: null,
          length: png.length,
        });
      });

      test('opens for nobody whose link was changed', async () => {
        const { url } = files.open(await kept('语音.amr', voice));
        const response = await fetch(`${address}${url}x`, { headers: { range: 'bytes=0-1' } });
        expect(response.status).toBe(404);
      });
    });

    describe('that is a picture', () => {
      const small = async (bytes: Buffer, name = '照片.jpg') => {
        const given = await files.give(`${files.open(await kept(name, bytes)).url}&thumb`);
        return given && { ...given, bytes: await buffer(given.bytes) };
      };

      test('is given small when asked for, and whole otherwise', async () => {
        const large = await pictures.jpeg(2000, 1000);
        const thumb = await small(large);
        expect(thumb?.type).toBe('image/jpeg');
        expect(thumb?.size).toBe(thumb?.bytes.length);
        expect(await pictures.look(thumb?.bytes ?? Buffer.alloc(0))).toMatchObject({ format: 'jpeg', width: 480, height: 240 });
        const whole = await files.give(files.open(await kept('照片.jpg', large)).url);
        expect(whole && (await buffer(whole.bytes)).equals(large)).toBe(true);
      });

      test('stands upright in small, without where it was taken', async () => {
        const lying = await pictures.fromPhone();
        expect(await pictures.look(lying)).toMatchObject({ orientation: 6, width: 800, height: 400 });
        expect((await pictures.look(lying)).exif).toBeDefined();
        const seen = await pictures.look((await small(lying))?.bytes ?? Buffer.alloc(0));
        expect(seen).toMatchObject({ width: 240, height: 480 });
        expect([seen.exif, seen.xmp, seen.iptc, seen.orientation]).toEqual([undefined, undefined, undefined, undefined]);
      });

      test('is made small once, however many look at it', async () => {
        const attachment = await kept('照片.jpg', await pictures.jpeg(900, 900));
        const { url } = files.open(attachment);
        const all = await Promise.all(Array.from({ length: 8 }, () => files.give(`${url}&thumb`)));
        for (const one of all) one?.bytes.destroy();
        expect(all.every((one) => one?.size === all[0]?.size)).toBe(true);
        expect(await place.names()).toHaveLength(2);
      });

      test('that would unfold into too much is not unfolded', async () => {
        const bomb = pictures.bomb();
        expect(bomb.length).toBeLessThan(100_000);
        expect(await pictures.look(bomb)).toMatchObject({ width: 30_000, height: 3_000 });
        expect(await small(bomb, 'bomb.png')).toBeNull();
        expect(await place.names()).toHaveLength(1);
      });

      test('that is broken, or of a kind not read here, has no small one and stays a file', async () => {
        expect(await small(png.subarray(0, 40), 'x.png')).toBeNull();
        expect(await small(box('heic'), 'IMG_0001.HEIC')).toBeNull();
        expect(await small(latin('#!AMR\n<'), 'a.amr')).toMatchObject({ type: 'audio/amr', bytes: latin('#!AMR\n<') });
      });

      test('is given neither whole nor small by a forged link', async () => {
        const { url } = files.open(await kept('照片.jpg', await pictures.jpeg(10, 10)));
        expect(await files.give(`${url.replace(/sig=(.)/, (_, first) => `sig=${first === 'A' ? 'B' : 'A'}`)}&thumb`)).toBeNull();
        expect(await files.give(`${url.split('?')[0]}?thumb`)).toBeNull();
      });
    });
  });
}
