/** The file store over both shelves: a real disk, and a storage that speaks S3 over real HTTP and checks every signature. */
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { createFiles } from '../../src/files/files';
import { createS3Shelf, type S3Options } from '../../src/files/s3';
import { type Storage, startStorage } from '../support/s3/server';
import { fileStoreContract } from './contract';
import { pictures } from './pictures';

fileStoreContract('on disk', async () => ({
  shelf: null,
  names: async (dir) => (await readdir(dir)).filter((name) => name !== 'incoming'),
  close: async () => undefined,
}));

const shelfOf = (storage: Storage, change: Partial<S3Options> = {}) =>
  createS3Shelf({ endpoint: storage.url, bucket: storage.bucket, ...storage.keys, retryMs: [1, 1], ...change });

fileStoreContract('in a bucket', async () => {
  const storage = await startStorage();
  return { shelf: shelfOf(storage), names: async () => [...storage.objects.keys()], close: storage.close };
});

describe('a bucket', () => {
  let storage: Storage;
  let dir: string;
  const secret = 'a secret of sufficient length';
  const machine = (change: Partial<S3Options> = {}) => createFiles({ dir, secret, shelf: shelfOf(storage, change) });
  const keep = async (files: ReturnType<typeof machine>, bytes: Buffer) => {
    const kept = await files.keep(
      (async function* () {
        yield bytes;
      })(),
      '照片.jpg',
    );
    if (kept.kind !== 'kept') throw new Error(kept.message);
    return kept.attachment;
  };
  beforeEach(async () => {
    storage = await startStorage();
    dir = await mkdtemp(join(tmpdir(), 'qiao-s3-'));
  });
  afterEach(async () => {
    await storage.close();
    await rm(dir, { recursive: true });
  });

  test('is shared: what one machine keeps another gives, and a small picture made by one is made for all', async () => {
    const [one, two] = [machine(), machine()];
    const attachment = await keep(one, await pictures.jpeg(800, 800));
    expect((await two.read(attachment))?.length).toBe(attachment.size);
    for (const files of [one, two]) (await files.give(`${files.open(attachment).url}&thumb`))?.bytes.destroy();
    expect(storage.answered.filter((line) => line === 'PUT 200')).toHaveLength(2);
  });

  test('gets each file with its type, under a folder of ours when one is named', async () => {
    const attachment = await keep(machine({ prefix: 'qiao/files' }), await pictures.jpeg(10, 10));
    expect([...storage.objects]).toEqual([[`qiao${attachment.url}`, { bytes: expect.any(Buffer), type: 'image/jpeg' }]]);
  });

  test('may be named by its own address alone', async () => {
    const files = machine({ endpoint: `${storage.url}/${storage.bucket}`, bucket: undefined });
    expect(await files.read(await keep(files, await pictures.jpeg(10, 10)))).not.toBeNull();
  });

  test('that is busy or hangs up is asked again', async () => {
    storage.refuse(2);
    const attachment = await keep(machine(), await pictures.jpeg(10, 10));
    expect(storage.answered).toEqual(['PUT 503', 'PUT 503', 'PUT 200']);
    storage.hangUp(2);
    expect(await machine().read(attachment)).not.toBeNull();
  });

  test('that stays away keeps nothing and says so, and leaves nothing behind; later the same file gets through', async () => {
    const picture = await pictures.jpeg(10, 10);
    storage.hangUp(3);
    await expect(keep(machine(), picture)).rejects.toMatchObject({ name: 'ShelfError', retryable: true });
    expect(await readdir(join(dir, 'incoming'))).toEqual([]);
    const attachment = await keep(machine(), picture);
    storage.refuse(3);
    await expect(machine().read(attachment)).rejects.toMatchObject({ retryable: true });
    expect(await machine().read(attachment)).not.toBeNull();
  });

  test('that breaks off in the middle gives no half file', async () => {
    const attachment = await keep(machine(), await pictures.jpeg(800, 800));
    storage.cutShort(true);
    await expect(machine().read(attachment)).rejects.toThrow();
    const given = await machine().give(machine().open(attachment).url);
    expect(given?.size).toBe(attachment.size);
    await expect(given && buffer(given.bytes)).rejects.toThrow();
  });

  test.each([
    ['keys that are wrong', { secretKey: 'not the secret key' }],
    ['another region', { region: 'cn-elsewhere-9' }],
    ['a bucket that is not there', { bucket: 'another' }],
  ])('with %s is told at once, without repeating the key', async (_, change) => {
    const refused = await keep(machine(change), await pictures.jpeg(10, 10)).catch((error: Error) => error);
    expect(refused).toMatchObject({ name: 'ShelfError', retryable: false, message: expect.stringContaining('S3_') });
    expect(String(refused)).not.toContain('secret');
    expect(storage.answered).toHaveLength(1);
  });
});
