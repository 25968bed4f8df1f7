import fc from 'fast-check';
import type { Address } from '../../dialogs/vocabulary';
import { addressOf, conversationId, effectId, eventOf, hashOf, messageId } from '../../src/conversation/ids';

const part = fc.string({ unit: fc.constantFrom('a', ':', '#', '%', '/', '!', ';', '王', '3') });
const address: fc.Arbitrary<Address> = fc
  .tuple(part, part, fc.option(part, { nil: undefined }))
  .map(([account, user, thread]) => ({ channel: 'web', account, user, ...(thread !== undefined && { thread }) }));

test('an address can be read back from the name of its conversation, whatever signs the platform puts into ids', () => {
  fc.assert(
    fc.property(address, (one) => {
      expect(addressOf(conversationId(one))).toEqual(one);
    }),
    { seed: 20261122, numRuns: 300 },
  );
});

test('two messages never share a name, and no message has the name of an effect', () => {
  fc.assert(
    fc.property(address, part, part, (one, a, b) => {
      expect(messageId(one, a) === messageId(one, b)).toBe(a === b);
      expect(messageId(one, `${a}:0`)).not.toBe(effectId(messageId(one, a), 0));
    }),
    { seed: 20261122, numRuns: 300 },
  );
});

test('an effect knows its event', () => {
  expect(eventOf(effectId('web:main:m1', 12))).toBe('web:main:m1');
});

test('the same words have the same hash, other words another', () => {
  expect(hashOf({ kind: 'text', text: '你好' })).toBe(hashOf({ kind: 'text', text: '你好' }));
  expect(hashOf({ kind: 'text', text: '你好' })).not.toBe(hashOf({ kind: 'text', text: '您好' }));
});
