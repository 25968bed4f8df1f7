/** 「帮我弄一下」: what we were speaking of is to be done, whatever that was. Its words name no matter, so nothing is to be read out of them. */
import { piece } from './extract/pattern';

const LEAD = piece`
    (?:好的?|行|可以|嗯+|要得|要的?|对|哦|那么?|就|请|麻烦|拜托|劳烦|您们?|你们?|老师|客服|直接|现在|马上|赶紧|赶快|快点?
    |尽快|先|也|都|还是|[，,。\s])*
  `;
const WORK = '(?:办理?|弄|搞|整|登记|处理|操作|申请|提交|解决|安排|上报|报(?=一下|上去)|跟进|落实|反映|反馈)';
const TAIL = piece`
    (?:一?下子?|上去|好|了|吧|嘛|哈|哦|喔|呗|呀|啊|啦|咯|噻|撒|嗦|可以[吗不]?|行[吗不]?|好吗|好不好|行不行|谢谢[您你了]?|多谢
    |辛苦了|[，,。.!！?？~～\s])*
  `;
const ORDER = new RegExp(
  piece`
    ^${LEAD}(?:(?:帮忙|帮我?们?|给我?们?|替我?们?|代我?们?)(?:家?孩子|一下)?|(?:您们?|你们?|老师|客服)来|我们?(?:想要?|要|需要)(?=办|申请))
    ${WORK}${TAIL}$
  `,
);
const ORDER_EN =
  /^(?:ok(?:ay)?|yes|please|then|so|just|can you|could you|go ahead and|[,.\s])*\b(?:do|handle|register|arrange|process|sort|fix) (?:it|this|that)(?: out)?(?: for (?:me|us))?(?:,? (?:please|then|thanks?|thank you))*[.!?\s]*$/i;

export function isOrder(text: string): boolean {
  return ORDER.test(text) || ORDER_EN.test(text);
}
