/** What a place decides for itself: names, hours, limits and local facts. Plain JSON in the store, checked once when read. */
import { z } from 'zod';
import { forms } from '../dialogs/forms';
import type { Rules } from '../dialogs/vocabulary';
import { DESK_THRESHOLDS } from '../knowledge/confidence';
import type { KnowledgeOptions } from '../knowledge/index';
import { WEEKDAYS } from './desk/calendar';
import { HOLIDAYS, WORKDAYS } from './desk/holidays';
import { REPLIES, RESULTS } from './desk/phrases';
import { createZone } from './desk/zone';
import type { Store } from './store/store';

const clock = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$|^24:00$/, 'is not a time of day; write it as 08:30');
const hours = z
  .object({ from: clock, to: clock })
  .refine(({ from, to }) => from < to, 'ends before it begins; split hours over midnight into two days');
const day = z.iso.date('is not a date; write it as 2026-10-01');
const share = z.number().min(0).max(1);
const phrase = z.string().trim().min(1).max(500);
const minutes = z.number().int().positive();
const officeHours = [{ from: '08:30', to: '17:30' }];

const timeZone = z.string().refine((name) => {
  try {
    createZone(name);
    return true;
  } catch {
    return false;
  }
}, 'is not a time zone this machine knows; write it as Asia/Shanghai');

export const Settings = z.strictObject({
  brand: z.string().min(1).default('家校互动服务台'),
  hotline: z.string().min(1).optional(),
  hoursText: z
    .object({ zh: z.string().min(1), en: z.string().min(1) })
    .default({ zh: '周一至周五 8:30–17:30，法定节假日除外', en: 'Monday to Friday 8:30–17:30, public holidays excepted' }),
  timeZone: timeZone.default('Asia/Shanghai'),
  /** Weekly desk hours; a day that is missing is a day off. */
  hours: z
    .partialRecord(z.enum(WEEKDAYS), z.array(hours))
    .default({ mon: officeHours, tue: officeHours, wed: officeHours, thu: officeHours, fri: officeHours }),
  holidays: z.array(day).default([...HOLIDAYS]),
  workdays: z.array(day).default([...WORKDAYS]),
  /** Working time until a ticket must be resolved (S4-18). */
  resolutionMinutes: minutes.default(480),
  /** Wall-clock time until an urgent ticket must be resolved (S4-10). */
  urgentMinutes: minutes.default(30),
  /** How long a page may go unanswered before the second: by the wall clock when urgent, else in working time (S4-10, S4-36). */
  ackMinutes: z.strictObject({ urgent: minutes.default(5), complaint: minutes.default(15) }).prefault({}),
  /** Customers who wait for a person: supervisors hear of the one who waits so long, and of so many. */
  queueWarnMinutes: minutes.default(10),
  queueWarnCount: z.number().int().positive().default(10),
  /** When each department is told of its day. */
  summaryAt: clock.default('17:30'),
  /** Within how many seconds a telephone call is to be answered: three rings (S4-25). */
  answerWithinSeconds: z.number().int().positive().default(15),
  formIdleMinutes: minutes.default(30),
  /** How long a customer waits for the word of the agent who has the chat, until the agent is warned and until it goes back to the queue. */
  agentWarnMinutes: minutes.default(10),
  agentReturnMinutes: minutes.default(15),
  resumeAfterMinutes: minutes.default(120),
  surveyHours: z.number().positive().default(48),
  /** How long after a matter was settled the customer may have it reopened by saying that it still does not work. */
  reopenHours: z.number().positive().default(24),
  /** Who looks after what the machine could not finish. */
  deadLetterDepartment: z.string().min(1).default('客服部'),
  /** Departments besides those the forms name. */
  departments: z.array(z.string().min(1)).default([]),
  /** Local facts that articles leave open, by placeholder. */
  answers: z.record(z.string(), z.string()).default({}),
  /** From which probability on an article is given as the answer or offered as a choice, and how alike a choice must at least be. */
  thresholds: z
    .strictObject({
      answer: share.default(DESK_THRESHOLDS.answer),
      clarify: share.default(DESK_THRESHOLDS.clarify),
      alike: share.default(DESK_THRESHOLDS.alike),
    })
    .refine(({ answer, clarify }) => clarify <= answer, 'has clarify above answer; a choice needs less certainty than an answer')
    .default(DESK_THRESHOLDS),
  /** What people here call the same thing: rows of words that count as one another when an article is sought. */
  synonyms: z.array(z.array(z.string().min(1)).min(2)).default([]),
  /** Ready sentences (常用语) for agents, in answers and as results; `{agent}` and `{customer}` stand for the names. */
  phrases: z
    .strictObject({
      replies: z
        .array(phrase)
        .max(100)
        .default([...REPLIES]),
      results: z
        .array(phrase)
        .max(100)
        .default([...RESULTS]),
    })
    .prefault({}),
});
export type Settings = z.infer<typeof Settings>;

/** The id of the one document that holds them. */
export const SETTINGS_ID = 'place';

/** The stored settings over the defaults. Throws with every bad key named. */
export async function loadSettings(store: Pick<Store, 'settings'>, defaults: Readonly<Record<string, unknown>> = {}): Promise<Settings> {
  const stored = await store.settings.get(SETTINGS_ID);
  const parsed = Settings.safeParse({ ...defaults, ...stored?.value });
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map((issue) => `${issue.path.join('.') || 'settings'} ${issue.message}`).join('; ');
  throw new Error(`The stored settings cannot be used: ${problems}. Mend the document "${SETTINGS_ID}" of the collection settings.`);
}

/** The part of the settings that answers are found and worded by. */
export function knowledgeOptions({ hotline, hoursText, answers, thresholds, synonyms }: Settings): KnowledgeOptions {
  return {
    settings: { ...(hotline && { hotline }), 'desk.hours': hoursText.zh, 'desk.hours.en': hoursText.en, ...answers },
    thresholds,
    synonyms,
  };
}

/** The part of the settings that the engine decides by. */
export function rulesOf(settings: Settings): Rules {
  const { brand, hotline, hoursText, resolutionMinutes, formIdleMinutes, resumeAfterMinutes, surveyHours, timeZone } = settings;
  const { agentWarnMinutes, agentReturnMinutes, reopenHours } = settings;
  return {
    brand,
    ...(hotline !== undefined && { hotline }),
    hoursText,
    resolutionMinutes,
    formIdleMinutes,
    agentWarnMinutes,
    agentReturnMinutes,
    resumeAfterMinutes,
    surveyHours,
    reopenHours,
    timeZone,
  };
}

/** Every department a ticket may be given to: those of the forms, and those the place names. */
export function departments(settings: Settings): readonly string[] {
  const named = Object.values(forms).map(({ department }) => department);
  return [...new Set([...named, settings.deadLetterDepartment, ...settings.departments])];
}
