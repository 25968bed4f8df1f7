/** The wire-protocol MongoDB in a process of its own, so that it neither shares a processor's turn with a desk nor dies with one. */
import { startMongod } from '../support/mongod/mongod';
import { endWithCaller } from './process';

endWithCaller();
startMongod().then(({ uri }) => process.stdout.write(`${uri}\n`));
