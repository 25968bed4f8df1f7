/** The commands the store's driver sends, over databases kept in memory. */
import { aggregate, ProcessingMode } from 'mingo';
import { cloneDeep } from 'mingo/util';
import { mongo } from 'mongoose';
import { runWith } from '../../../src/store/embedded/pipeline';
import { createData, type Data, type IndexSpec } from './collection';
import { CommandError } from './failure';
import type { Document } from './update';
import type { Command, Reply } from './wire';

type Run = (command: Command, database: string) => Reply;
const FIRST_BATCH = 101;

/** Executes one command at a time; throws CommandError. */
export function createCommands(): (command: Command) => Reply {
  const collections = new Map<string, Data>();
  const cursors = new Map<number, { namespace: string; docs: unknown[] }>();
  let lastCursor = 0;

  const data = (database: string, name: unknown): Data => {
    const namespace = `${database}.${String(name)}`;
    const known = collections.get(namespace) ?? createData(namespace);
    collections.set(namespace, known);
    return known;
  };
  const batch = (key: 'firstBatch' | 'nextBatch', id: number, namespace: string, docs: unknown[], size: number, single: boolean): Reply => {
    const rest = docs.slice(size);
    if (rest.length === 0 || single) cursors.delete(id);
    else cursors.set(id, { namespace, docs: rest });
    return { cursor: { id: mongo.BSON.Long.fromNumber(cursors.has(id) ? id : 0), ns: namespace, [key]: docs.slice(0, size) } };
  };
  const firstBatch = (database: string, name: unknown, docs: unknown[], size: unknown, single = false): Reply => {
    lastCursor += 1;
    return batch('firstBatch', lastCursor, `${database}.${String(name)}`, docs, typeof size === 'number' ? size : FIRST_BATCH, single);
  };

  const hello: Run = () => ({
    helloOk: true,
    isWritablePrimary: true,
    ismaster: true,
    maxBsonObjectSize: 16 * 1024 * 1024,
    maxMessageSizeBytes: 48_000_000,
    maxWriteBatchSize: 100_000,
    localTime: new Date(),
    logicalSessionTimeoutMinutes: 30,
    minWireVersion: 0,
    maxWireVersion: 21,
    readOnly: false,
  });
  const nothing: Run = () => ({});

  const commands: Readonly<Record<string, Run>> = {
    hello,
    ismaster: hello,
    isMaster: hello,
    ping: nothing,
    endSessions: nothing,
    buildInfo: () => ({ version: '7.0.0', versionArray: [7, 0, 0, 0] }),

    insert: (command, database) =>
      writes(command.documents as Document[], command.ordered, (doc) => {
        data(database, command.insert).insert(doc);
        return { n: 1 };
      }),
    update: (command, database) =>
      writes(command.updates as Document[], command.ordered, ({ q, u, upsert, multi }) => {
        const options = { upsert: upsert === true, multi: multi === true };
        const { matched, upsertedId } = data(database, command.update).update(q as Document, u as Document, options);
        return upsertedId === undefined ? { n: matched, nModified: matched } : { n: 1, nModified: 0, upserted: upsertedId };
      }),
    delete: (command, database) =>
      writes(command.deletes as Document[], command.ordered, ({ q, limit }) => ({
        n: data(database, command.delete).remove(q as Document, limit === 0).length,
      })),
    findAndModify: (command, database) => {
      const collection = data(database, command.findAndModify);
      const filter = (command.query ?? {}) as Document;
      const sort = (command.sort ?? {}) as Document;
      if (command.remove === true) return { value: collection.remove(filter, false)[0] ?? null };
      const change = collection.update(filter, command.update as Document, { upsert: command.upsert === true, multi: false, sort });
      return {
        value: command.new === true ? change.after : change.before,
        lastErrorObject: { n: change.after === null ? 0 : 1, updatedExisting: change.before !== null, upserted: change.upsertedId },
      };
    },

    find: (command, database) => {
      const {
        filter = {},
        sort,
        skip = 0,
        limit = 0,
        batchSize,
        singleBatch,
      } = command as { filter?: Document; sort?: Document; skip?: number; limit?: number; batchSize?: number; singleBatch?: boolean };
      const found = data(database, command.find).find(filter, sort);
      const docs = limit > 0 ? found.slice(skip, skip + limit) : found.slice(skip);
      return firstBatch(database, command.find, docs, batchSize, singleBatch);
    },
    aggregate: (command, database) => {
      const docs = data(database, command.aggregate)
        .find({})
        .map((doc) => cloneDeep(doc) as Document);
      const result = runWith({ aggregate, ProcessingMode }, docs, command.pipeline as Document[]);
      return firstBatch(database, command.aggregate, result, (command.cursor as { batchSize?: number }).batchSize);
    },
    count: (command, database) => ({ n: data(database, command.count).find((command.query ?? {}) as Document).length }),
    getMore: (command) => {
      const id = Number(command.getMore);
      const cursor = cursors.get(id);
      if (cursor === undefined) throw new CommandError(43, 'CursorNotFound', `cursor id ${id} not found`);
      return batch(
        'nextBatch',
        id,
        cursor.namespace,
        cursor.docs,
        typeof command.batchSize === 'number' ? command.batchSize : FIRST_BATCH,
        false,
      );
    },
    killCursors: (command) => {
      const killed = (command.cursors as unknown[]).filter((id) => cursors.delete(Number(id)));
      return { cursorsKilled: killed, cursorsNotFound: [], cursorsAlive: [], cursorsUnknown: [] };
    },

    create: (command, database) => {
      data(database, command.create);
      return {};
    },
    createIndexes: (command, database) => {
      const collection = data(database, command.createIndexes);
      const numIndexesBefore = collection.indexes().length;
      for (const spec of command.indexes as IndexSpec[]) collection.createIndex(spec);
      return { numIndexesBefore, numIndexesAfter: collection.indexes().length, createdCollectionAutomatically: false };
    },
    listIndexes: (command, database) => {
      const specs = data(database, command.listIndexes)
        .indexes()
        .map((spec) => ({ v: 2, ...spec }));
      return firstBatch(database, command.listIndexes, specs, specs.length);
    },
    listCollections: (_, database) => {
      const names = [...collections.keys()]
        .filter((name) => name.startsWith(`${database}.`))
        .map((name) => name.slice(database.length + 1));
      const infos = names.map((name) => ({ name, type: 'collection', options: {}, info: { readOnly: false } }));
      return firstBatch(database, '$cmd.listCollections', infos, infos.length);
    },
    drop: (command, database) => {
      collections.delete(`${database}.${String(command.drop)}`);
      return {};
    },
    dropDatabase: (_, database) => {
      for (const name of [...collections.keys()]) if (name.startsWith(`${database}.`)) collections.delete(name);
      return { dropped: database };
    },
  };

  return (command) => {
    const [name = ''] = Object.keys(command);
    const run = commands[name];
    if (run === undefined) throw new CommandError(59, 'CommandNotFound', `no such command: '${name}'`);
    return run(command, String(command.$db ?? 'admin'));
  };
}

/** Runs the parts of a write command one by one; an ordered one stops at its first error. */
function writes(
  parts: readonly Document[],
  ordered: unknown,
  run: (part: Document) => { n: number; nModified?: number; upserted?: unknown },
): Reply {
  const reply = { n: 0, nModified: 0, upserted: [] as object[], writeErrors: [] as object[] };
  for (const [index, part] of parts.entries()) {
    try {
      const result = run(part);
      reply.n += result.n;
      reply.nModified += result.nModified ?? 0;
      if (result.upserted !== undefined) reply.upserted.push({ index, _id: result.upserted });
    } catch (error) {
      if (!(error instanceof CommandError)) throw error;
      reply.writeErrors.push({ index, ...error.details });
      if (ordered !== false) break;
    }
  }
  const { n, nModified, upserted, writeErrors } = reply;
  return { n, nModified, ...(upserted.length > 0 && { upserted }), ...(writeErrors.length > 0 && { writeErrors }) };
}
