/** The checker against the examples in Amazon's documentation of Signature Version 4 for S3, so that it is no echo of our client. */
import { wrongIn } from './signature';

const keys = { accessKey: 'AKIAIOSFODNN7EXAMPLE', secretKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY', region: 'us-east-1' };
const now = Date.UTC(2013, 4, 24);
const authorization = (names: string, signature: string): string =>
  `AWS4-HMAC-SHA256 Credential=${keys.accessKey}/20130524/us-east-1/s3/aws4_request,SignedHeaders=${names},Signature=${signature}`;

const get = {
  method: 'GET',
  url: '/test.txt',
  headers: {
    host: 'examplebucket.s3.amazonaws.com',
    range: 'bytes=0-9',
    'x-amz-content-sha256': 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
    'x-amz-date': '20130524T000000Z',
    authorization: authorization(
      'host;range;x-amz-content-sha256;x-amz-date',
      'f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41',
    ),
  },
};
const put = {
  method: 'PUT',
  url: '/test%24file.text',
  headers: {
    date: 'Fri, 24 May 2013 00:00:00 GMT',
    host: 'examplebucket.s3.amazonaws.com',
    'x-amz-content-sha256': '44ce7dd67c959e0d3524ffac1771dfbba87d2b6b4b4e99e42034a8b803f8b072',
    'x-amz-date': '20130524T000000Z',
    'x-amz-storage-class': 'REDUCED_REDUNDANCY',
    authorization: authorization(
      'date;host;x-amz-content-sha256;x-amz-date;x-amz-storage-class',
      '98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd',
    ),
  },
};

test('the published examples pass', () => {
  expect([wrongIn(get, keys, now), wrongIn(put, keys, now)]).toEqual([null, null]);
});

test('another path, method, header, key, region or day does not', () => {
  const other = (change: object) => wrongIn({ ...get, ...change }, keys, now);
  expect(other({ url: '/test2.txt' })).toBe('SignatureDoesNotMatch');
  expect(other({ method: 'PUT' })).toBe('SignatureDoesNotMatch');
  expect(other({ headers: { ...get.headers, range: 'bytes=0-99' } })).toBe('SignatureDoesNotMatch');
  expect(wrongIn(get, { ...keys, secretKey: 'another' }, now)).toBe('SignatureDoesNotMatch');
  expect(wrongIn(get, { ...keys, region: 'cn-north-1' }, now)).toBe('AuthorizationHeaderMalformed');
  expect(wrongIn(get, keys, now + 16 * 60_000)).toBe('RequestTimeTooSkewed');
  expect(other({ headers: {} })).toBe('AccessDenied');
});
