/** `qiao audit`: the conservation figures, and exit code 1 when a message is lost. */
import type { Audit } from '../conversation/conversations';
import { print, printJson, type Terminal } from './lines';

export function auditCommand(terminal: Terminal, audit: Audit, options: Readonly<{ json: boolean }>): number {
  if (options.json) printJson(terminal, audit);
  else {
    print(
      terminal,
      `收到 ${audit.accepted} 条:已答复 ${audit.answered},已转人工 ${audit.queued},已合并 ${audit.merged},死信转人工 ${audit.deadLettered},处理中 ${audit.pending}`,
    );
    print(terminal, `丢失 ${audit.lost} 条${audit.lost > 0 ? `:${audit.lostIds.join(' ')}` : ''}`);
    if (audit.aside > 0) print(terminal, `未能收下、留在邮箱里的邮件 ${audit.aside} 封（未读、有旗标）`);
  }
  return audit.lost > 0 ? 1 : 0;
}
