/** 「还有一件事,…」: how a customer announces another matter. */
import { type Heard, instead } from './heard';

const announced =
  /^(?:(?:好的?|嗯|对了|哦对?|等一?下|等等|稍等|先等等?)[,，。!！\s]*)*(?:对了|还有(?:一|个|件|另|别)?(?:一?[件个])?(?:别的)?(?:事情?|问题)?|另外(?:一件事|还有)?|再(?:说|问|报|登记)(?:一|个|件)+(?:事|问题)?|顺便(?:再)?(?:问|报|说)(?:一下|一件事|个事)?|by the way|one more thing|also)[，,。：:!\s]*/i;

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

const mindChanged =
  /^(?:算了|那|我|还是|先|就|暂时|[，,\s])*不(?:想|要|打算)?(?:退订?|开通?|报修?|投诉|换|办理?|订|取消|登记)了?(?:吧|啦|谢谢|[，,])*[\s。.!！]*$/;

/** 「还是先不退了」: what was begun is not wanted any more. */
export function isMindChanged(text: string): boolean {
  return mindChanged.test(text);
}

const bareWish =
  /^(?:您好|你好)?[，,]?(?:我|请|麻烦|帮我|帮忙|要|想|来|申请|给我|你们)*(?:报个?修|投诉|举报|登记|反映|反馈|提?(?:一?[个些点])?(?:建议|意见)|退换货?|换货|退货|查询|变更|开通|退订)(?:一下|下|你们|一个|个)*(?:问题|情况|事情?|业务|设备|资料)?[。.！!\s]*$/;

/** 「我要报修」 says which form, not what the matter is. */
export function isBareWish(text: string): boolean {
  return bareWish.test(text);
}

const newMatter =
  /^(?:对了|那|嗯|好的?|[，,\s])*(?:还有|另外|再(?:说|报|登记))(?:有)?(?:一|个|件|另|别)*(?:件|个|的)?(?:事情?|问题)|one more thing/i;

/** 「还有一件事，…」 in so many words; 「对了」 alone may go on with the same matter. */
export function isNewMatter(text: string): boolean {
  return newMatter.test(text) && !isAnnouncementOnly(text);
}

const wish =
  /^(?:您好|你好|那|对了|[，,\s])*(?:我们?|家里)?(?:还|再|也|另外)*(?:想|要|请|麻烦|帮我|帮忙|申请|给我|你们?|您)+(?:再|也|一起|顺便)*(?:帮我|给我|来|去)?(?:申请|办理?|登记|报个?修|投诉|举报|反映|提?(?:一?[个些点])?(?:建议|意见)|退换|退货|换货|退订|开通|变更|更换|换(?:个)?(?:手机)?号)(?!的是|过)/;

/** 「我要报修」「帮我退订」: a transaction asked for by its name. */
export function isWish(text: string): boolean {
  return isBareWish(text) || wish.test(text);
}
