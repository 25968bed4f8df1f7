/** One mail from its bytes into the log, or into the count of those that nobody is answered for. */
import type { Accept } from '../channel';
import { bounceIn } from './bounce';
import { decode, type Read } from './decode';
import { keepEnclosed } from './enclosures';
import { mailId, type Names } from './ids';
import type { Letter } from './letter';
import { type Unanswered, unanswered } from './machine';
import type { EmailAccount, EmailOptions } from './options';
import { ourLines, type People } from './person';
import { keyOf } from './send';
import { theirMail, threadOf } from './threads';
import { WORDS_AT_MOST, wordsOf } from './words';

/** What became of a mail; what is `forged` or put `aside` is left unseen, for a person to look at. */
export type Outcome = 'stored' | 'aside' | Unanswered;
export const leftUnseen = (outcome: Outcome): boolean => outcome === 'forged';
export type Take = (letter: Letter, receivedAt: number, accept: Accept) => Promise<Outcome>;

export function createTake(
  options: EmailOptions,
  account: EmailAccount,
  { names, people }: Readonly<{ names: Names; people: People }>,
): Take {
  const own = new Set(options.accounts.map(({ address }) => address.toLowerCase()));
  const at = account.account;

  async function cameBack(letter: Letter): Promise<void> {
    const bounce = bounceIn(letter, at, names);
    const key = bounce && keyOf(bounce.effect, await people.of(at, bounce.address));
    if (bounce && key) await options.undelivered(key, { channel: 'email', account: at, user: bounce.address }, bounce.reason);
  }

  return async (letter, receivedAt, accept) => {
    const machine = unanswered(letter, own, account.authserv);
    if (machine === 'bounce') await cameBack(letter);
    const { from } = letter;
    if (machine !== null || from === null) return machine ?? 'senderless';
    const id = mailId(letter);
    const person = await people.of(at, from.address);
    const known = person.mails.some((mail) => mail.id === id);
    const thread = known
      ? ''
      : await threadOf(letter, { account: at, id, address: from.address }, person, { names, tickets: options.tickets });
    const earlier = person.pictures.filter(({ mail }) => mail !== id).map(({ url }) => url);
    const enclosures = await keepEnclosed(letter, options.files, new Set(earlier));
    const words = wordsOf(letter, ourLines(person));
    const read: Read = {
      account: at,
      id,
      at: receivedAt,
      from,
      text: [words, enclosures.passedOn]
        .filter((one) => one !== '')
        .join('\n')
        .slice(0, WORDS_AT_MOST),
      files: enclosures.files,
    };
    // Before it is accepted, for the answer may be quicker than we are.
    if (!known) {
      const pictures = letter.enclosed.some(({ inline }) => inline) ? enclosures.files.filter(({ type }) => type.startsWith('image/')) : [];
      await people.amend(at, from.address, (before) => ({
        ...before,
        mails: [...before.mails.filter((one) => one.id !== id), theirMail(letter, id, thread)],
        owed: [...before.owed, ...enclosures.refused],
        pictures: [...before.pictures, ...pictures.map(({ url }) => ({ url, mail: id }))],
      }));
    }
    for (const message of decode(read)) await accept(message);
    return 'stored';
  };
}
