/** Whole conversations as they must run, one file each in test/transcripts. UPDATE_TRANSCRIPTS=1 writes them anew; read the diff. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { play } from '../support/transcript';

const folder = join(__dirname, '..', 'transcripts');
const files = readdirSync(folder).filter((name) => name.endsWith('.txt'));

describe('a conversation runs as written down', () => {
  test.each(files)('%s', (name) => {
    const path = join(folder, name);
    const file = readFileSync(path, 'utf8');
    const played = play(file);
    if (process.env.UPDATE_TRANSCRIPTS) writeFileSync(path, played);
    else expect(played).toBe(file);
  });
});
