/** Sentences that agents say every day, as long as a place has none of its own. `{agent}` and `{customer}` stand for the names. */

/** In answers to customers. */
export const REPLIES: readonly string[] = [
  '{customer}您好，我是{agent}，您反映的情况我已看到，正在为您核实，请稍候。',
  '请您补充一下具体情况：大约从什么时候开始？涉及哪些消息或功能？',
  '方便的话，请发一张截图，我们好尽快定位问题。',
  '已经为您处理好了，请您再试一下，看看是否恢复正常。',
  '这个问题需要技术同事配合，处理好后我会第一时间在这里回复您。',
  '给您带来不便，非常抱歉。',
  '请问还有其他可以帮到您的吗？',
  '感谢您的耐心等待，祝您生活愉快！',
];

/** As the result of a matter, which the customer reads too. */
export const RESULTS: readonly string[] = [
  '您反映的问题已处理完毕，请您再试一次；如仍有异常，直接在这里回复即可。',
  '已为您重新开通短信服务，一般 10 分钟内生效，请留意接收。',
  '您的资料已按您的要求修改，即时生效。',
  '已为您补发相关通知，请查收。',
  '经核实，问题由手机端拦截引起；请把服务号码加入白名单后再试。',
  '您的投诉已核实并处理，给您带来的不便我们深表歉意，感谢您的监督。',
  '您的建议已记录并转交产品部门，感谢您的支持。',
];
