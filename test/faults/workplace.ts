/** Where agents work in a scenario: they take what the desk puts up, answer it and settle it, and everything is written down. */
import type { Books } from './books';
import type { DeskEntry } from './journal';
import type { Deliveries } from './platform';
import type { Random } from './random';
import type { Weather } from './weather';

export type Workplace = Readonly<{
  /** Where the desk reaches it, as its own door reads it. */
  url: string;
  /** What was seen there, in order; the books tell what it cannot know. */
  journal(books: Books): readonly DeskEntry[];
  /** Every agent has done what there was to do. */
  idle(): boolean;
  close(): Promise<void>;
}>;

export type WorkplaceGiven = Readonly<{
  route: () => string;
  weather: Weather;
  random: Random;
  /** How what agents write is delivered. */
  deliveries: Deliveries;
  /** What an agent says on each ticket; 0 and nobody claims. */
  replies: number;
  onEntry: () => void;
}>;
