import { HOLIDAYS, WORKDAYS } from '../src/desk/holidays';
import { loadSettings, rulesOf, SETTINGS_ID, Settings } from '../src/settings';
import type { Collection } from '../src/store/collection';
import type { SettingsDoc } from '../src/store/documents';

/** The one document that settings are read from, or none. */
function stored(value?: Record<string, unknown>) {
  const get: Collection<SettingsDoc>['get'] = async (id) =>
    value && id === SETTINGS_ID ? { _id: id, value, updatedAt: new Date(0) } : null;
  // Only get() is called; a fuller fake would test nothing more.
  return { settings: { get } as Collection<SettingsDoc> };
}

const complaint = async (value: Record<string, unknown>): Promise<string> =>
  loadSettings(stored(value)).then(
    () => '',
    (error: Error) => error.message,
  );

describe('the settings of a place', () => {
  test('that sets nothing are office hours on weekdays in Shanghai, with the public holidays', async () => {
    const settings = await loadSettings(stored());
    const day = [{ from: '08:30', to: '17:30' }];
    expect(settings).toMatchObject({
      timeZone: 'Asia/Shanghai',
      hours: { mon: day, tue: day, wed: day, thu: day, fri: day },
      resolutionMinutes: 480,
      urgentMinutes: 30,
      deadLetterDepartment: '客服部',
      answers: {},
    });
    expect(settings.hours.sat).toBeUndefined();
    expect([settings.holidays, settings.workdays]).toEqual([[...HOLIDAYS], [...WORKDAYS]]);
    expect('hotline' in settings).toBe(false);
  });

  test('in the store come before those the program was started with, and both before the defaults', async () => {
    const settings = await loadSettings(stored({ brand: '南宁家校通' }), { brand: '家校通', timeZone: 'Asia/Urumqi' });
    expect([settings.brand, settings.timeZone, settings.surveyHours]).toEqual(['南宁家校通', 'Asia/Urumqi', 48]);
  });

  test('that cannot be used are refused with every bad key named, and where to mend them', async () => {
    const message = await complaint({
      brand: '',
      hoursText: { zh: '工作日' },
      timeZone: 'Beijing',
      holidays: ['2026/10/01'],
      resolutionMinutes: 0,
      answers: { 'fee.monthly': 6 },
      colour: 'green',
    });
    for (const key of ['brand', 'hoursText.en', 'timeZone', 'holidays.0', 'resolutionMinutes', 'answers.fee.monthly', 'colour'])
      expect(message).toContain(key);
    expect(message).toContain('is not a time zone this machine knows; write it as Asia/Shanghai');
    expect(message).toContain('is not a date; write it as 2026-10-01');
    expect(message).toContain(`Mend the document "${SETTINGS_ID}"`);
  });

  test.each([
    ['that end before they begin', { from: '17:30', to: '08:30' }, 'hours.mon.0 ends before it begins'],
    ['of no length', { from: '08:30', to: '08:30' }, 'hours.mon.0 ends before it begins'],
    ['that are no time of day', { from: '8:30', to: '25:00' }, 'hours.mon.0.from is not a time of day; write it as 08:30'],
  ])('hours %s are refused', async (_, hours, reason) => {
    expect(await complaint({ hours: { mon: [hours] } })).toContain(reason);
  });

  test('may have two spans a day and one that ends at midnight', async () => {
    const hours = {
      mon: [
        { from: '08:30', to: '12:00' },
        { from: '14:00', to: '24:00' },
      ],
    };
    expect((await loadSettings(stored({ hours }))).hours).toEqual(hours);
  });

  test('name no hotline to the engine where there is none', () => {
    expect('hotline' in rulesOf(Settings.parse({}))).toBe(false);
    expect(rulesOf(Settings.parse({ hotline: '0771-1234567' })).hotline).toBe('0771-1234567');
  });

  test('that set one of the two waits for an answer keep the other', async () => {
    expect((await loadSettings(stored({ ackMinutes: { urgent: 3 } }))).ackMinutes).toEqual({ urgent: 3, complaint: 15 });
  });
});
