/** Visitors of the web chat, each over a socket of their own: from the message sent to the reply pushed. */
import { connect, type LiveVisitor, openSession } from '../../test/support/webServer';
import { type Crowd, createPostbox, type Measured, measured, QUESTION, usersOf } from './crowd';

export async function measureWeb(crowd: Crowd): Promise<Measured> {
  const box = createPostbox();
  const visitors = new Map<string, LiveVisitor>();
  try {
    return await measured({}, crowd, async ({ url }) => {
      for (const user of usersOf(crowd)) {
        const visitor = await connect(url, (await openSession(url)).token);
        visitor.socket.on('lines', (lines) => lines.some(({ author }) => author === 'bot') && box.arrived(user));
        visitors.set(user, visitor);
      }
      return (user, round) =>
        box.answerTo(user, async () => {
          const sent = await visitors.get(user)?.send({ clientMsgId: `m${round}`, content: { kind: 'text', text: QUESTION } });
          if (!sent?.ok) throw new Error(`the desk refused: ${sent?.code}`);
        });
    });
  } finally {
    for (const visitor of visitors.values()) visitor.leave();
  }
}
