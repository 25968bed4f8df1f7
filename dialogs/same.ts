/** The answer to 「是同一件事吗？」 typed where a button was meant. */
const yes =
  /^(?:是|对|嗯|就)*(?:的|啊|呀)*[，,\s]*(?:就是|还是|是)?(?:同一?|这|那|刚才的?)(?:件|个|张)?(?:事情?|问题|工单)?(?:[啊呀吧的了。.！!\s]*)$|^(?:yes,? )?(?:the )?same/i;
const no =
  /^不(?:是|同)(?:的|一?样)?(?:同?一?(?:件|个))?(?:事情?|问题)?[啊呀的了。.！!\s]*$|^(?:另外|另|新)的?一?(?:件|个)?(?:事情?|问题)[啊呀的了。.！!\s]*$/;

/** Undefined when it says neither. */
export const saysSame = (text: string): boolean | undefined => (no.test(text) ? false : yes.test(text) ? true : undefined);
