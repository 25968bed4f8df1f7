/** The manifest people create the app from asks for what the desk uses, and for nothing else. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { COMMAND } from '../../../adapters/slack/slash';

const folder = join(__dirname, '../../../adapters/slack');
const read = (name: string): string => readFileSync(join(folder, name), 'utf8');
const manifest = parse(read('manifest.yaml'));
const code = readdirSync(folder)
  .filter((name) => name.endsWith('.ts'))
  .map(read)
  .join('\n');
const guide = readFileSync(join(__dirname, '../../../docs/slack.md'), 'utf8');

/** What Slack's reference says each method needs of a bot. */
const scopes: Readonly<Record<string, readonly string[]>> = {
  'auth.test': [],
  'chat.getPermalink': [],
  'chat.postEphemeral': ['chat:write'],
  'chat.postMessage': ['chat:write'],
  'chat.update': ['chat:write'],
  'conversations.history': ['channels:history', 'groups:history'],
  'conversations.replies': ['channels:history', 'groups:history'],
  'reactions.add': ['reactions:write'],
  'reactions.remove': ['reactions:write'],
  'users.info': ['users:read', 'users:read.email'],
  'views.open': [],
  'views.publish': [],
  'views.update': [],
};
/** What is used without a method: the command, and the addresses of files shared in a thread. */
const others = ['commands', 'files:read'];
const events: Readonly<Record<string, readonly string[]>> = {
  message: ['message.channels', 'message.groups'],
  app_home_opened: ['app_home_opened'],
};
const found = (pattern: RegExp): readonly string[] => [...new Set([...code.matchAll(pattern)].map(([, name = '']) => name))].sort();

describe("the app's manifest", () => {
  test('asks for the scopes of the methods that are called, for the command and for shared files', () => {
    const methods = found(/client\.((?:\w+\.)\w+)\(/g);
    expect(methods).toEqual(Object.keys(scopes).sort());
    const needed = new Set([...methods.flatMap((method) => scopes[method] ?? []), ...others]);
    expect(manifest.oauth_config.scopes.bot).toEqual([...needed].sort());
  });

  test('subscribes to the events that are listened to', () => {
    const listened = found(/app\.event\('(\w+)'/g);
    expect(manifest.settings.event_subscriptions.bot_events).toEqual(listened.flatMap((name) => events[name] ?? [name]).sort());
  });

  test('names the command and the doors there are', () => {
    expect(manifest.features.slash_commands.map(({ command }: { command: string }) => command)).toEqual([COMMAND]);
    const addresses = [...read('manifest.yaml').matchAll(/https:\/\/qiao\.example(\/\S+)/g)].map(([, path]) => path);
    const [, doors = ''] = /const ENDPOINTS = \[([^\]]+)\]/.exec(code) ?? [];
    expect(addresses.map((path) => `'${path}'`).sort()).toEqual(doors.split(', ').sort());
  });

  test('every scope is explained to whoever grants it', () => {
    for (const scope of manifest.oauth_config.scopes.bot) expect(guide).toContain(`\`${scope}\``);
  });
});
