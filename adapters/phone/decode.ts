/** One event of a PBX → a CallEvent, or what is wrong with it in words for whoever connects the PBX. Pure. */
import { z } from 'zod';
import type { CallEvent } from '../calls';

const when = z.union([z.number().int().positive(), z.iso.datetime({ offset: true }).transform((text) => Date.parse(text))], {
  error: 'write milliseconds since 1970 or 2026-11-22T10:00:00+08:00',
});
const number = z
  .string()
  .trim()
  .regex(/^(?:[+\d][\d\s().-]{0,38}|)$/, 'write a telephone number, or leave it empty when it is withheld');

const Body = z.object(
  {
    call: z.string('send the id of the call, the same in all its events').trim().min(1).max(100),
    event: z.enum(['ringing', 'answered', 'ended'], 'send ringing, answered or ended'),
    at: when.optional(),
    caller: number.optional(),
    called: number.optional(),
    agent: z.string().trim().min(1).max(100).optional(),
    extension: z.string().trim().min(1).max(40).optional(),
  },
  'send a JSON object with call and event',
);

export type Read = Readonly<{ ok: true; event: CallEvent } | { ok: false; problem: string }>;

export function read(account: string, body: unknown, receivedAt: number): Read {
  const parsed = Body.safeParse(body);
  if (!parsed.success) {
    const problems = parsed.error.issues.map((issue) => [issue.path.join('.'), issue.message].filter(Boolean).join(': '));
    return { ok: false, problem: problems.join('; ') };
  }
  const { event: kind, at = receivedAt, caller, called, agent, extension, call } = parsed.data;
  return {
    ok: true,
    event: {
      account,
      call,
      kind,
      at,
      ...(caller !== undefined && { caller: plain(caller) }),
      ...(called !== undefined && { called: plain(called) }),
      ...(agent !== undefined && { agent }),
      ...(extension !== undefined && { extension }),
    },
  };
}

/** As customers write their own: without country code, a mobile without the zero of another city. */
function plain(number: string): string {
  const digits = number.replace(/^\+|\D/g, '').replace(/^(?:00)?86(?=1\d{10}$|0?[2-9]\d{8,10}$)/, '');
  if (/^01[3-9]\d{9}$/.test(digits)) return digits.slice(1);
  // The way the engine writes a number with its area code.
  const landline = /^(0(?:10|2\d|[3-9]\d{2}))(\d{7,8})$/.exec(digits);
  return landline ? `${landline[1]}-${landline[2]}` : digits;
}
