/** What holds for any conversation, looked at for long. */
import { testProperties } from './properties';

describe('in any of many conversations', () => testProperties(600));
