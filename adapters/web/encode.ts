/** Turns log entries and fresh replies into lines the widget shows. Pure. */

import type { Content, Reply } from '../../dialogs/vocabulary';
import type { Entry, Limits, Outgoing } from '../channel';
import type { Files } from '../files';
import { fitReply } from '../limits';
import { clientMsgIdOf } from './decode';
import type { Line } from './wire';

/** Our own screen sets these: a bubble longer than this, or more buttons, nobody reads on a phone. */
export const limits: Limits = { textLength: 4000, options: 12 };

export const encode = (reply: Reply): readonly Reply[] => fitReply(reply, limits);

/** The same reply with its file, if it is one, under an address that opens now. */
const openReply = (reply: Reply, files: Pick<Files, 'open'>): Reply =>
  reply.kind === 'file' ? { ...reply, attachment: files.open(reply.attachment) } : reply;

const openable = (content: Content, files: Pick<Files, 'open'>): Content =>
  'attachment' in content ? { ...content, attachment: files.open(content.attachment) } : content;

/** A stored entry as the visitor may see it, attachments with links that open now. */
export function lineOf(entry: Entry, files: Pick<Files, 'open'>): Line {
  const { content, reply, ...rest } = entry;
  return {
    ...rest,
    ...(entry.author === 'customer' && { clientMsgId: clientMsgIdOf(entry.id) }),
    ...(content && { content: openable(content, files) }),
    ...(reply && { replies: encode(openReply(reply, files)) }),
  };
}

/** A reply on its way out, before anybody reads it back from the log. */
export function freshLine({ key, seq, reply }: Outgoing, at: number, files: Pick<Files, 'open'>): Line {
  const agent = 'from' in reply ? reply.from : undefined;
  return {
    seq,
    at,
    id: key,
    ...(agent ? { author: 'agent', authorName: agent } : { author: 'bot' }),
    replies: encode(openReply(reply, files)),
  };
}
