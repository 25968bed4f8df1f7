/** Serves the built chat page and the widget. */
import { join } from 'node:path';
import express, { type Router } from 'express';

/** `dir` is dist/console. `readme` is what /docs shows, as plain text. */
export function createPage({ dir, readme }: Readonly<{ dir: string; readme: string }>): Router {
  const router = express.Router();
  router.get('/widget.js', (_request, response) => {
    // Schools embed this file on sites of their own; helmet's default would forbid it.
    response.set('Cross-Origin-Resource-Policy', 'cross-origin');
    response.sendFile(join(dir, 'widget.js'), { maxAge: '10m', dotfiles: 'allow' });
  });
  router.get('/docs', (_request, response) => {
    response.sendFile(readme, { dotfiles: 'allow', headers: { 'Content-Type': 'text/plain; charset=utf-8' } });
  });
  router.use(express.static(dir, { maxAge: '10m', index: 'index.html' }));
  return router;
}
