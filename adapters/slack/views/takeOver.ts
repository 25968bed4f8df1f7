/** The question whether a ticket a colleague holds is really to be taken over. Pure. */
import type { Shown } from '../api';
import { ACTIONS } from '../ids';
import { plain } from '../text';
import { section, words } from './said';

/** Behind the ticket's number in the button's value: asked and answered. */
export const SURE = 'sure';

export function takeOverQuestion(number: string, question: string): Shown {
  const text = plain(question);
  return {
    text,
    blocks: [
      section(text),
      {
        type: 'actions',
        elements: [{ type: 'button', action_id: ACTIONS.takeOver, text: words('接手'), style: 'danger', value: `${number} ${SURE}` }],
      },
    ],
  };
}
