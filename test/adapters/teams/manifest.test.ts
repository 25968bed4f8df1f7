/** The template of the Teams app names the bot, and leaves to its operator whatever is the operator's. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(__dirname, '../../..');
const text = readFileSync(join(root, 'adapters/teams/manifest.json'), 'utf8');
const manifest = JSON.parse(text);

test('the app is the bot, in a chat of two, in groups and in teams, and takes files', () => {
  expect(manifest.bots).toMatchObject([{ botId: manifest.id, scopes: ['personal', 'groupChat', 'team'], supportsFiles: true }]);
});

test('no id and no address in it is anybody else’s', () => {
  expect(manifest.id).toBe('{{APP_ID}}');
  expect(text).not.toMatch(/[0-9a-f]{8}-[0-9a-f]{4}-/i);
  const addresses = [...text.matchAll(/https?:\/\/[^"/]+/g)].map(([address]) => address);
  expect(addresses.filter((address) => !/\{\{|developer\.microsoft\.com/.test(address))).toEqual([]);
});

test('its names are no longer than Teams takes', () => {
  const { name, description } = manifest;
  expect([name.short.length <= 30, name.full.length <= 100, description.short.length <= 80, description.full.length <= 4000]).toEqual(
    Array(4).fill(true),
  );
});
