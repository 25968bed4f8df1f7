/** Writes until the disk takes no more, then tells what was acknowledged, what is visible, and how the store answered. */
import type { StoreError } from '../../../src/store/collection';
import { createEmbeddedStore } from '../../../src/store/embedded';
import { message } from '../documents';

const [, , dir = ''] = process.argv;
// The limit on file sizes stands in for a full disk; without a listener its signal would end the process.
process.on('SIGXFSZ', () => undefined);

async function main(): Promise<void> {
  const store = await createEmbeddedStore({ dir });
  const acknowledged: string[] = [];
  const errors: { code: string; message: string; retryable: boolean }[] = [];
  for (let round = 0; errors.length < 24; round++) {
    const batch = Array.from({ length: 8 }, (_, i) => message(`m${round}-${i}`, { name: 'x'.repeat(500) }));
    await Promise.all(
      batch.map((doc) =>
        store.messages.insert(doc).then(
          () => acknowledged.push(doc._id),
          ({ code, message: text, retryable }: StoreError) => errors.push({ code, message: text, retryable }),
        ),
      ),
    );
  }
  const visible = (await store.messages.find({})).map((doc) => doc._id);
  const pinged = await store.ping().then(
    () => 'ok',
    (error: StoreError) => error.code,
  );
  process.stdout.write(JSON.stringify({ acknowledged, visible, errors, pinged }));
  process.kill(process.pid, 'SIGKILL'); // nothing tidied up
}

void main();
