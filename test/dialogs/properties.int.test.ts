/** What holds for any conversation, looked at for long. */
import { everyTurn } from '../support/anyConversation';
import { properties } from './properties';

test.each(properties)('in any of many conversations %s', (_, holds) => everyTurn(600, holds));
