import { clientIp, originAllowed } from '../../../adapters/web/origin';

describe('a page on another site', () => {
  const ours = { host: 'desk.example:3000' };
  test.each([
    ['our own page', 'http://desk.example:3000', true],
    ['a program that is no browser', undefined, true],
    ['a named site', 'https://school.example', true],
    ['a site nobody named', 'https://evil.example', false],
    ['our name on another port', 'http://desk.example:4000', false],
    ['a sandboxed frame', 'null', false],
  ])('%s: may talk to us = %s', (_, origin, allowed) => {
    expect(originAllowed({ ...ours, ...(origin !== undefined && { origin }) }, ['https://school.example'])).toBe(allowed);
  });
});

describe("the visitor's address", () => {
  const request = (forwarded?: string) =>
    ({ headers: forwarded === undefined ? {} : { 'x-forwarded-for': forwarded }, socket: { remoteAddress: '10.0.0.1' } }) as Parameters<
      typeof clientIp
    >[0];

  test.each([
    ['without a trusted proxy is the connection, whatever the header claims', '1.1.1.1', 0, '10.0.0.1'],
    ['behind one proxy is what that proxy saw, not what the visitor wrote before it', '9.9.9.9, 1.1.1.1', 1, '1.1.1.1'],
    ['behind two proxies is one further left', '9.9.9.9, 1.1.1.1, 10.0.0.2', 2, '1.1.1.1'],
    ['is the connection when the header is missing', undefined, 1, '10.0.0.1'],
  ])('%s', (_, header, proxies, ip) => {
    expect(clientIp(request(header), proxies)).toBe(ip);
  });
});
