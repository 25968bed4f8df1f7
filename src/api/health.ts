/** Is the process alive, and may it be given work: the two questions an operator's platform asks. */
import { Router } from 'express';
import type { Audit } from '../conversation/conversations';
import type { DeskHealth } from '../desk/health';
import type { Fresh } from '../store/fresh';
import type { Store } from '../store/store';

/** An outbox older than this means that replies are stuck. */
const OUTBOX_AGE_LIMIT_MS = 5 * 60_000;

export function healthRoutes(deps: Readonly<{ store: Pick<Store, 'ping'>; audit: Fresh<Audit>; deskHealth: Fresh<DeskHealth> }>): Router {
  const router = Router();
  router.get('/healthz', (_, response) => {
    response.json({ status: 'ok' });
  });
  router.get('/readyz', async (_, response) => {
    const pinged = await deps.store.ping().catch(() => null);
    if (!pinged) return void response.status(503).json({ status: 'not ready', store: 'unreachable' });
    const [audit, desk] = await Promise.all([deps.audit(), deps.deskHealth()]);
    const ready = audit.lost === 0 && audit.outboxAgeMs < OUTBOX_AGE_LIMIT_MS;
    const { accepted, pending, lost, outboxAgeMs, deadLetters } = audit;
    response.status(ready ? 200 : 503).json({
      status: ready ? 'ready' : 'not ready',
      store: 'ok',
      // Only shown: nothing is lost, but the disk fills.
      ...(pinged.unrewritten.length > 0 && { unrewritten: pinged.unrewritten }),
      messages: { accepted, pending, lost },
      outboxAgeMs,
      deadLetters,
      // Only shown: a desk's platform that is away is no reason to give customers to another process.
      desk,
    });
  });
  return router;
}
