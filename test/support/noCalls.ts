/** The telephone of a house that has none. */
import type { Calls } from '../../src/calls/calls';
import { callFigures } from '../../src/calls/figures';

export const noCalls: Calls = {
  hear: async () => {
    throw new Error('no PBX is connected here');
  },
  list: async () => [],
  view: async () => null,
  script: async () => null,
  register: async () => null,
  figures: async () => callFigures([], 15),
  start: async () => async () => undefined,
};
