/** Writes to an embedded store without end and reports every acknowledged write as one line; the test kills it. `ballast` are documents besides. */
import { createEmbeddedStore } from '../../../src/store/embedded';
import { conversation, message } from '../documents';

const LANES = 8;
const [, , dir = '', round = '0', ballast = '0'] = process.argv;

async function lane(name: string, store: Awaited<ReturnType<typeof createEmbeddedStore>>): Promise<never> {
  await store.conversations.insert(conversation(name));
  for (let n = 0; ; n++) {
    const id = `${round}-${name}-${n}`;
    await store.messages.insert(message(id));
    process.stdout.write(`message ${id}\n`);
    const updated = await store.conversations.update({ _id: name }, { $inc: { version: 1 }, $set: { updatedAt: new Date() } });
    process.stdout.write(`version ${name} ${updated?.version}\n`);
  }
}

async function main(): Promise<void> {
  const store = await createEmbeddedStore({ dir, rewriteAfter: 30_000 });
  const besides = Array.from({ length: Number(ballast) }, (_, i) => conversation(`besides${i}`));
  await store.conversations.insertMany(besides);
  // So that half of what the file holds is out of date and it is rewritten again and again.
  await store.conversations.updateMany({}, { $inc: { seq: 1 } });
  await Promise.all(Array.from({ length: LANES }, (_, i) => lane(`lane${i}`, store)));
}

void main();
