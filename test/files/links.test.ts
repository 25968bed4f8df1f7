import { bare, createLinks, LINK_LIFE } from '../../src/files/links';

describe('a link to a kept file', () => {
  let clock = 5_000;
  const links = createLinks('a secret of sufficient length', () => clock);
  const file = `${'ab'.repeat(32)}.png`;
  const stored = { name: '错误截图.png', url: bare(file), type: 'image/png', size: 321 };
  beforeEach(() => {
    clock = 5_000;
  });

  test('opens for a day and says name and size', () => {
    const { url } = links.open(stored);
    expect(links.read(url)).toEqual(stored);
    clock += LINK_LIFE;
    expect(links.read(url)).toBeNull();
  });

  test('does not open when file, name, size or time were changed', () => {
    const { url } = links.open(stored);
    const forged = [
      url.replace('abab', 'abac'),
      url.replace('size=321', 'size=9'),
      url.replace('.png?', '.gif?'),
      url.replace(/until=\d/, 'until=9'),
    ];
    expect(forged.filter((one) => one === url || links.read(one) !== null)).toEqual([]);
  });

  test('the bare path of the log does not open', () => {
    expect(links.read(stored.url)).toBeNull();
  });

  test('an attachment from elsewhere keeps its own address', () => {
    const elsewhere = { ...stored, url: 'https://gateway.example/1.png' };
    expect(links.open(elsewhere)).toBe(elsewhere);
  });
});
