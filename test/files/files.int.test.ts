/** The file store on a real disk. */
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createFiles, type FileStore } from '../../src/files/files';
import { bare } from '../../src/files/links';

const png = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==', 'base64');
const bytesOf = async function* (...parts: readonly Uint8Array[]) {
  yield* parts;
};

let dir: string;
let files: FileStore;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'qiao-files-'));
  files = createFiles({ dir, secret: 'a secret of sufficient length', publicUrl: 'https://help.example' });
});
afterEach(() => rm(dir, { recursive: true }));

const kept = async (name: string, ...parts: readonly Uint8Array[]) => {
  const result = await files.keep(bytesOf(...parts), name);
  if (result.kind !== 'kept') throw new Error(result.message);
  return result.attachment;
};

describe('a file', () => {
  test('is named by its content, typed by its bytes and read again as it was', async () => {
    const attachment = await kept('截图', png.subarray(0, 20), png.subarray(20));
    expect(attachment).toMatchObject({ name: '截图.png', type: 'image/png', size: png.length });
    expect(Buffer.from((await files.read(attachment)) ?? [])).toEqual(png);
  });

  test('sent by two people is kept once, each with their own name for it', async () => {
    const [one, two] = [await kept('a.png', png), await kept('b.png', png)];
    expect([one.name, two.name, one.url === two.url]).toEqual(['a.png', 'b.png', true]);
    expect((await readdir(dir)).filter((name) => name.endsWith('.png'))).toHaveLength(1);
  });

  test('larger than allowed, or of a kind not allowed, is refused in words that say what is, and leaves nothing behind', async () => {
    const large = await files.keep(bytesOf(png, png), 'a.png', { maxBytes: png.length });
    const page = await files.keep(bytesOf(Buffer.from('<html><script>1</script>')), 'a.png');
    const pdf = await files.keep(bytesOf(Buffer.from('%PDF-1.4\n')), 'a.pdf', { types: ['image/png'] });
    expect([large, page, pdf].map((one) => one.kind === 'refused' && one.reason)).toEqual(['too-large', 'type-refused', 'type-refused']);
    expect(large).toMatchObject({ limit: png.length, message: expect.stringContaining('文件太大') });
    expect(await readdir(dir)).toEqual(['incoming']);
    expect(await readdir(join(dir, 'incoming'))).toEqual([]);
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
});
