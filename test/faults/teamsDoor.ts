/** The desk's door to Teams, in a file of its own so that other scenarios need not load what it needs. */
import { createTeams, type Teams, type TeamsOptions } from '../../adapters/teams';
import { TEAMS } from './teams';

/** Shorter than the desk waits for a send. */
const SEND_WITHIN_MS = 800;

export const openTeamsDoor = (given: Omit<TeamsOptions, 'accounts'>): Teams =>
  createTeams({ accounts: [TEAMS], sendWithinMs: SEND_WITHIN_MS, ...given });
