/** Ready sentences for 解决: what customers read most often, to be chosen and changed. */
export const PHRASES: readonly string[] = [
  '您反映的问题已处理完毕，请您再试一次；如仍有异常，直接在这里回复即可。',
  '已为您重新开通短信服务，一般 10 分钟内生效，请留意接收。',
  '您的资料已按您的要求修改，即时生效。',
  '已为您补发相关通知，请查收。',
  '经核实，问题由手机端拦截引起；请把服务号码加入白名单后再试。',
  '您的投诉已核实并处理，给您带来的不便我们深表歉意，感谢您的监督。',
  '您的建议已记录并转交产品部门，感谢您的支持。',
];
