/** MongoDB's wire protocol, as much of it as its official driver speaks: OP_MSG, and OP_QUERY for the first hello. */
import { mongo } from 'mongoose';

const { deserialize, serialize } = mongo.BSON;

export type Command = Record<string, unknown>;
export type Reply = Record<string, unknown>;
export type Request = Readonly<{
  id: number;
  /** Its first key is the command's name; document sequences have been put where they belong. */
  command: Command;
  /** False when the client does not want to hear. */
  answer: boolean;
  legacy: boolean;
}>;

const HEADER = 16;
const OP_REPLY = 1;
const OP_QUERY = 2004;
const OP_MSG = 2013;
const CHECKSUM_PRESENT = 1;
const MORE_TO_COME = 2;

/** Takes complete requests off the front of what has arrived; the rest waits for more. */
export function readRequests(received: Buffer): { requests: Request[]; rest: Buffer } {
  const requests: Request[] = [];
  let rest = received;
  while (rest.length >= HEADER && rest.length >= rest.readInt32LE(0)) {
    const length = rest.readInt32LE(0);
    requests.push(readRequest(rest.subarray(0, length)));
    rest = rest.subarray(length);
  }
  return { requests, rest };
}

function readRequest(message: Buffer): Request {
  const [id, opCode] = [message.readInt32LE(4), message.readInt32LE(12)];
  if (opCode === OP_MSG) return readMsg(id, message);
  if (opCode === OP_QUERY) return readQuery(id, message);
  throw new Error(`the wire protocol's operation ${opCode} is not spoken here`);
}

function readMsg(id: number, message: Buffer): Request {
  const flags = message.readUInt32LE(HEADER);
  const end = flags & CHECKSUM_PRESENT ? message.length - 4 : message.length;
  const command: Command = {};
  const sequences: Command = {};
  for (let at = HEADER + 4; at < end; ) {
    const kind = message[at];
    const size = message.readInt32LE(at + 1);
    const section = message.subarray(at + 1, at + 1 + size);
    if (kind === 0) Object.assign(command, deserialize(section));
    else Object.assign(sequences, readSequence(section));
    at += 1 + size;
  }
  return { id, command: { ...command, ...sequences }, answer: (flags & MORE_TO_COME) === 0, legacy: false };
}

/** Size, name, then documents up to the end. */
function readSequence(section: Buffer): Command {
  const nameEnd = section.indexOf(0, 4);
  const documents: unknown[] = [];
  for (let at = nameEnd + 1; at < section.length; at += section.readInt32LE(at)) {
    documents.push(deserialize(section.subarray(at, at + section.readInt32LE(at))));
  }
  return { [section.toString('utf8', 4, nameEnd)]: documents };
}

/** Flags, collection name, skip, limit, query. */
function readQuery(id: number, message: Buffer): Request {
  const nameEnd = message.indexOf(0, HEADER + 4);
  return { id, command: deserialize(message.subarray(nameEnd + 9)), answer: true, legacy: true };
}

export function writeReply(request: Request, reply: Reply): Buffer {
  const body = Buffer.from(serialize(reply, { ignoreUndefined: true }));
  const prefix = request.legacy ? legacyPrefix() : Buffer.alloc(5);
  const header = Buffer.alloc(HEADER);
  header.writeInt32LE(HEADER + prefix.length + body.length, 0);
  header.writeInt32LE(request.id, 8);
  header.writeInt32LE(request.legacy ? OP_REPLY : OP_MSG, 12);
  return Buffer.concat([header, prefix, body]);
}

/** Flags (await capable), cursor, starting from, number returned. */
function legacyPrefix(): Buffer {
  const prefix = Buffer.alloc(20);
  prefix.writeInt32LE(8, 0);
  prefix.writeInt32LE(1, 16);
  return prefix;
}
