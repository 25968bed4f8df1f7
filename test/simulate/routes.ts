/** What the page asks for: itself, who is there, what somebody sees, what somebody does, and when to look again. */
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { transform } from '@swc/core';
import { json, Router } from 'express';
import { z } from 'zod';
import type { Workspace } from '../support/slack/workspace';
import { ActSchema, createActs } from './acts';
import { MEMBERS, ROOMS } from './cast';
import type { Door } from './door';
import type { Place, Seen } from './wire';

const root = resolve(__dirname, '../..');
const folder = join(__dirname, 'page');
/** The page's own scripts, and how the widget builds elements. */
const SCRIPT = /^\/((?:test\/simulate\/page|console\/widget)\/\w+)\.js$/;
const attribute = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('"', '&quot;');
const Look = z.object({ user: z.string(), channel: z.string(), thread: z.string().optional() });

export function createRoutes(slack: Workspace, door: Door, server: Readonly<{ url: string; secret: string }>): Router {
  const router = Router();
  const act = createActs(slack, door, server);
  const place: Place = {
    people: Object.entries(MEMBERS).map(([member, { name, about }]) => ({ id: slack.user[member] ?? '', name, about })),
    rooms: Object.entries(slack.channel).flatMap(([name, id]) =>
      Object.entries(ROOMS).flatMap(([room, told]) => (room === name ? [{ id, ...told }] : [])),
    ),
    bot: slack.user.qiao ?? '',
  };

  router.get('/', async (_, response) => {
    const page = await readFile(join(folder, 'index.html'), 'utf8');
    response.type('html').send(page.replaceAll('{{server}}', server.url).replace('{{place}}', attribute(JSON.stringify(place))));
  });
  router.get('/page.css', (_, response) => response.sendFile(join(folder, 'page.css')));
  router.get(SCRIPT, async (request, response) => {
    const [, path = ''] = SCRIPT.exec(request.path) ?? [];
    const source = await readFile(join(root, `${path}.ts`), 'utf8');
    const { code } = await transform(source, { jsc: { target: 'es2022', parser: { syntax: 'typescript' } }, module: { type: 'es6' } });
    response.type('js').send(code);
  });

  router.get('/seen', async (request, response) => {
    const { user, channel, thread } = Look.parse(request.query);
    const [posts, replies] = await Promise.all([slack.messages(channel), thread === undefined ? [] : slack.thread(channel, thread)]);
    const whispers = door.whispers.filter((one) => one.user === user && (one.channel === null || one.channel === channel));
    const seen = { posts, thread: replies, whispers, form: door.forms.get(user) ?? null, home: door.homes.get(user) ?? null };
    // The emulator keeps blocks as they were posted.
    response.json(seen as unknown as Seen);
  });
  router.post('/acts', json(), async (request, response) => {
    const given = ActSchema.safeParse(request.body);
    if (!given.success) return void response.status(400).json({ status: 400 });
    response.json(await act(given.data));
  });
  router.get('/changes', (_, response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-cache' });
    const tell = (): void => void response.write('data: \n\n');
    tell();
    door.changes.on('change', tell);
    response.once('close', () => door.changes.off('change', tell));
  });
  return router;
}
