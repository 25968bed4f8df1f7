import { deskContract } from '../../support/deskContract';
import { openSlackRig } from './rig';

deskContract('the desk in Slack', () => openSlackRig());
