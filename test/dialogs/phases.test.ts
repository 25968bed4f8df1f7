/** The picture of the engine in its README is the engine's own. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { diagram } from '../../dialogs/phases/diagram';

describe('the state diagram', () => {
  test('in dialogs/README.md shows the table the engine keeps', () => {
    const readme = readFileSync(join(__dirname, '..', '..', 'dialogs', 'README.md'), 'utf8');
    expect(/```mermaid\n([\s\S]*?)```/.exec(readme)?.[1]?.trim()).toBe(diagram());
  });
});
