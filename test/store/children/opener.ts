/** Opens an embedded store and reports how that went. */
import type { StoreError } from '../../../src/store/collection';
import { createEmbeddedStore } from '../../../src/store/embedded';

const [, , dir = ''] = process.argv;

createEmbeddedStore({ dir }).then(
  () => process.stdout.write('opened'),
  (error: StoreError) => process.stdout.write(`${error.code}: ${error.message}`),
);
