import { refusalOf } from '../../../console/desk/upload';

describe('before a file is sent', () => {
  test.each([
    ['a picture', { type: 'image/png', size: 1_000 }],
    ['what the browser cannot name: the server looks at its bytes', { type: '', size: 1_000 }],
  ])('%s may go', (_, file) => {
    expect(refusalOf(file)).toBeNull();
  });
  test.each([
    ['one that is too large', { type: 'image/png', size: 21 * 1024 * 1024 }, /最多 20 MB/],
    ['a kind nobody can open', { type: 'application/zip', size: 1_000 }, /不能发送/],
    ['an empty one', { type: 'image/png', size: 0 }, /空的/],
  ])('%s is refused, with what would do', (_, file, says) => {
    expect(refusalOf(file)).toMatch(says);
  });
});
