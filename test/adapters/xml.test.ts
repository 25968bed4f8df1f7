/** Tencent's XML, read and written without losing a character that matters. */
import fc from 'fast-check';
import { buildXml, parseXml } from '../../adapters/xml';

test('a message id of 64 bits keeps its last digit', () => {
  expect(parseXml('<xml><MsgId>4561255354251345929</MsgId></xml>')).toEqual({ MsgId: '4561255354251345929' });
});

test('what a customer writes stays as written, also when it looks like XML or an entity', () => {
  expect(parseXml('<xml><Content><![CDATA[<b>1 &lt; 2 & 3</b>]]></Content></xml>')).toEqual({ Content: '<b>1 &lt; 2 & 3</b>' });
});

test('fields inside fields are fields', () => {
  const text =
    '<xml>\n<Event><![CDATA[scancode_push]]></Event>\n<ScanCodeInfo><ScanType><![CDATA[qrcode]]></ScanType></ScanCodeInfo>\n</xml>';
  expect(parseXml(text)).toEqual({ Event: 'scancode_push', ScanCodeInfo: { ScanType: 'qrcode' } });
});

test.each([
  ['nothing', ''],
  ['JSON', '{"xml":{}}'],
  ['another element', '<html><body>hi</body></html>'],
  ['only text inside', '<xml>hello</xml>'],
  ['an entity that names a file', '<!DOCTYPE xml [<!ENTITY a SYSTEM "file:///etc/passwd">]><xml><Content>&a;</Content></xml>'],
  ['two roots', '<xml><A>1</A></xml><xml><A>2</A></xml>'],
])('%s is no message, and nothing is thrown', (_, text) => {
  expect(parseXml(text)).toBeNull();
});

test('an entity that grows is never grown', () => {
  const text = '<!DOCTYPE xml [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]><xml><Content>&b;</Content></xml>';
  const read = parseXml(text);
  expect(read === null || read.Content === '&b;').toBe(true);
});

test('an end of CDATA in a text, and characters XML cannot hold, break nothing', () => {
  expect(parseXml(buildXml({ Content: 'a]]>b]]>\u0000\u0008c' }))).toEqual({ Content: 'a]]>b]]>c' });
});

test('numbers stand bare, lists repeat their name, fields nest', () => {
  expect(buildXml({ CreateTime: 7, Image: { MediaId: 'm' }, item: ['a', 'b'] })).toBe(
    '<xml><CreateTime>7</CreateTime><Image><MediaId><![CDATA[m]]></MediaId></Image><item><![CDATA[a]]></item><item><![CDATA[b]]></item></xml>',
  );
});

test('whatever text is written is read again', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 300 }), (text) => {
      const read = parseXml(buildXml({ ToUserName: 'u', Content: `「${text}」` }));
      expect(read).toEqual({ ToUserName: 'u', Content: `「${text}」` });
    }),
    { numRuns: 300, seed: 20261122 },
  );
});
