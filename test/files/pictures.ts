/** Pictures as phones make them, made here. */
import { deflateSync } from 'node:zlib';
import sharp from 'sharp';

const plain = (width: number, height: number) => sharp({ create: { width, height, channels: 3, background: '#3366cc' } });

export const pictures = {
  jpeg: (width: number, height: number) => plain(width, height).jpeg().toBuffer(),
  /** Held sideways, with the place in it. */
  fromPhone: () =>
    plain(800, 400)
      .withExif({ IFD0: { Make: 'Phone' }, IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '39/1 54/1 0/1' } })
      .withMetadata({ orientation: 6 })
      .jpeg()
      .toBuffer(),
  look: (bytes: Buffer) => sharp(bytes).metadata(),
  /** A whole PNG of less than a hundred kilobytes that unfolds into 90 million pixels. */
  bomb(): Buffer {
    const [width, height] = [30_000, 3_000];
    const head = Buffer.alloc(13);
    head.writeUInt32BE(width, 0);
    head.writeUInt32BE(height, 4);
    head.set([8, 0, 0, 0, 0], 8);
    const rows = deflateSync(Buffer.alloc((width + 1) * height));
    return Buffer.concat([
      Buffer.from('89504e470d0a1a0a', 'hex'),
      chunk('IHDR', head),
      chunk('IDAT', rows),
      chunk('IEND', Buffer.alloc(0)),
    ]);
  },
};

function chunk(name: string, data: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(name, 'latin1'), data]);
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  check.writeUInt32BE(crc(named));
  return Buffer.concat([length, named, check]);
}

function crc(bytes: Buffer): number {
  let sum = 0xffffffff;
  for (const byte of bytes) {
    sum ^= byte;
    for (let bit = 0; bit < 8; bit += 1) sum = sum & 1 ? (sum >>> 1) ^ 0xedb88320 : sum >>> 1;
  }
  return (sum ^ 0xffffffff) >>> 0;
}
