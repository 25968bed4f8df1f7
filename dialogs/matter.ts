/** 「还有一件事,…」: how a customer announces another matter. */
import { type Heard, instead } from './heard';

const announced =
  /^(?:好的?|嗯|对了|哦对?)?[,。\s]*(?:对了|还有(?:一|个|件|另|别)?(?:一?[件个])?(?:别的)?(?:事情?|问题)?|另外(?:一件事|还有)?|再(?:说|问|报|登记)(?:一|个|件)+(?:事|问题)?|顺便(?:再)?(?:问|报|说)(?:一下|一件事|个事)?|by the way|one more thing|also)[,,。::!\s]*/i;

export function isAnnounced(text: string): boolean {
  return announced.test(text);
}

/** Whether nothing but the announcement was said. */
export function isAnnouncementOnly(text: string): boolean {
  return (
    text.length < 16 &&
    isAnnounced(text) &&
    text.replace(announced, '').replace(/(?:想|要)?(?:问|说|请教|咨询)(?:一下|下)?[。.!\s]*$/, '') === ''
  );
}

/** The message without the announcement. */
export function matterIn(heard: Heard): Heard {
  const text = heard.text.replace(announced, '');
  return text === heard.text || text === '' || heard.choice !== undefined ? heard : instead(heard, text);
}
