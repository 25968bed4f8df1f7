/** How every HTTP door refuses: a status, a code from docs/errors.md, and a sentence that says what to do. */
import type { Response } from 'express';

export function refuse(response: Response, status: number, code: string, message: string): void {
  response.status(status).json({ error: { code, message } });
}
