/** How another party behaves when it is called: fine, away, refusing, slow, or doing as it is told without saying so in time. */
import type { Random } from './random';

export type Mood =
  | 'fine'
  /** Cuts the connection and keeps nothing. */
  | 'down'
  /** 500, and keeps nothing. */
  | 'broken'
  /** 429, and keeps nothing. */
  | 'limited'
  /** Takes it and says so after a while. */
  | 'slow'
  /** Takes it and says so when nobody listens any more. */
  | 'late'
  /** Takes it and cuts the connection before it says so. */
  | 'cut';

export type Climate = Readonly<Partial<Record<Exclude<Mood, 'fine'>, number>>>;

export const SLOW_MS = 150;
/** Longer than the desk waits in these tests. */
export const LATE_MS = 1_500;

export type Weather = Readonly<{
  /** How the next call goes. */
  mood(): Mood;
  /** All calls go this way until it is set back with null; `clear` ends all trouble for good. */
  force(mood: Mood | null): void;
  clear(): void;
}>;

export function createWeather(climate: Climate, random: Random): Weather {
  let forced: Mood | null = null;
  let cleared = false;
  return {
    mood() {
      if (cleared) return 'fine';
      if (forced) return forced;
      let drawn = random.next();
      for (const [mood, share] of Object.entries(climate)) {
        drawn -= share;
        // A climate's keys are moods; Object.entries() forgets it.
        if (drawn < 0) return mood as Mood;
      }
      return 'fine';
    },
    force(mood) {
      forced = mood;
    },
    clear() {
      cleared = true;
    },
  };
}

export const takes = (mood: Mood): boolean => mood === 'fine' || mood === 'slow' || mood === 'late' || mood === 'cut';
