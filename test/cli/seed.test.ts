import { parseSeed } from '../../src/cli/seed';

describe('the seed file', () => {
  test('decides only what it names, so that what a place has decided before stays', () => {
    const { calendar, settings } = parseSeed({ calendar: { hours: { sat: [{ from: '00:00', to: '24:00' }] } }, settings: { brand: '桥' } });
    expect(calendar).toEqual({ hours: { sat: [{ from: '00:00', to: '24:00' }] } });
    expect(settings).toEqual({ brand: '桥' });
  });

  test('without settings touches none', () => {
    expect(parseSeed({ schools: [{ name: '实验小学' }] })).toMatchObject({ calendar: undefined, settings: undefined });
  });

  test('is refused as a whole, every problem named by its place', () => {
    const wrong = { schools: [{ name: '' }], tickets: [{ number: '7' }], calendar: { hours: { fun: [] } }, citys: [] };
    expect(() => parseSeed(wrong)).toThrow(
      /nothing was written[\s\S]*schools\.0\.name[\s\S]*tickets\.0\.number[\s\S]*calendar\.hours[\s\S]*citys/,
    );
  });
});
