/** The wire-protocol MongoDB in a process of its own, so that it neither shares a processor's turn with a desk nor dies with one. */
import { startMongod } from '../support/mongod/mongod';
import { endWithCaller } from './process';

const { slowMs = 0 }: Readonly<{ slowMs?: number }> = JSON.parse(process.argv[2] ?? '{}');

endWithCaller();
startMongod({ slowMs }).then(({ uri }) => process.stdout.write(`${uri}\n`));
