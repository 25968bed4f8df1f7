import { PassThrough } from 'node:stream';
import { stripVTControlCharacters } from 'node:util';
import { createTerminal } from '../../adapters/terminal';
import { catchUp } from '../../src/cli/chat';
import { createHouse, says } from '../conversation/house';
import { links } from '../support/links';

const channel = createTerminal({ account: 'local', files: links, write: () => undefined });
const wang = channel.address('wang');

async function shownTo(house: Awaited<ReturnType<typeof createHouse>>): Promise<string[]> {
  const output = new PassThrough();
  await catchUp({ input: new PassThrough(), output, error: output }, { store: house.store, conversations: house }, channel, wang);
  const printed = String(output.read() ?? '');
  return stripVTControlCharacters(printed).split('\n').filter(Boolean);
}

describe('who sits down at the terminal again', () => {
  test('is shown their last words and all that was said since, also while nobody was there', async () => {
    const house = await createHouse({ deps: { channels: new Map([['terminal', channel]]) } });
    await house.accept(says('你好', 'm1', wang));
    await house.accept(says('wake', 'm2', wang));
    await house.idle();
    house.clock.advance(31 * 60_000);
    const stop = await house.start();
    await stop();
    expect((await shownTo(house)).slice(1)).toEqual(['您 wake', '桥 waiting', '桥 timer formAbandoned']);
    expect(await house.audit()).toMatchObject({ lost: 0, deadLetters: 0, outboxAgeMs: 0 });
  });

  test('sees nothing of the past when there is none, and nothing of others', async () => {
    const house = await createHouse({ deps: { channels: new Map([['terminal', channel]]) } });
    await house.accept(says('你好', 'm1', channel.address('li')));
    expect(await shownTo(house)).toEqual([]);
  });
});
