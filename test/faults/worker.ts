/** A desk in a process of its own, to be killed: reads `id user text` lines, acknowledges what is durable, dies where it is told to and of `poison`. */
import { createInterface } from 'node:readline';
import type { Step } from '../../dialogs/vocabulary';
import { createConversations } from '../../src/conversation/createConversations';
import { type CrashPoint, realTime } from '../../src/conversation/deps';
import { createEmbeddedStore } from '../../src/store/embedded';
import { plain, says, visitor } from '../conversation/house';

/** `dir`, then optionally the point and the how-manieth time it is reached. */
const [dir = '', point = '', nth = '1'] = process.argv.slice(2);

const say = (line: string) => process.stdout.write(`${line}\n`);

function crashAt(): (reached: CrashPoint) => void {
  let times = Number(nth);
  return (reached) => {
    if (reached !== point) return;
    times -= 1;
    if (times === 0) process.kill(process.pid, 'SIGKILL');
  };
}

/** Some messages end the whole program: no memory left, an endless loop that a watchdog cuts short. */
const mortal: Step = (state, event, rules) => {
  if (event.kind === 'received' && event.content.kind === 'text' && event.content.text === 'poison') process.kill(process.pid, 'SIGKILL');
  return plain.step(state, event, rules);
};

async function main(): Promise<void> {
  const store = await createEmbeddedStore({ dir });
  const desk = createConversations({
    ...plain,
    step: mortal,
    store,
    channels: new Map([['web', { send: async ({ key, seq, to, reply }) => void say(`sent ${to.user} ${seq} ${key} ${reply.text}`) }]]),
    now: Date.now,
    newId: () => String(process.pid),
    scheduler: realTime,
    crash: crashAt(),
  });
  const stop = await desk.start();
  say('ready');
  const accepting: Promise<void>[] = [];
  for await (const line of createInterface({ input: process.stdin })) {
    const [id = '', user = '', ...text] = line.split(' ');
    accepting.push(desk.accept(says(text.join(' '), id, visitor(user))).then(() => void say(`accepted ${id}`)));
  }
  await Promise.all(accepting);
  await desk.idle();
  say(`audit ${JSON.stringify(await desk.audit())}`);
  await stop();
  await store.close();
}

void main();
