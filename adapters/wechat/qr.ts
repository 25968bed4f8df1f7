/** A login code as a picture: for the page, and for whoever sits at the terminal. The package is loaded when the first code comes. */

const WIDTH = 360;

export async function png(code: string): Promise<Buffer> {
  const { toBuffer } = await import('qrcode');
  return toBuffer(code, { type: 'png', width: WIDTH, margin: 2 });
}

export async function drawn(code: string): Promise<string> {
  const { toString: draw } = await import('qrcode');
  return draw(code, { type: 'utf8', errorCorrectionLevel: 'L' });
}
