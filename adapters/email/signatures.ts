/** Takes off what stands below a mail without having been written for it: signatures, and what phones and providers add. Pure. */

/** What the writer of the mail never typed; it is the last line, or one of the last. */
const ADDED: readonly RegExp[] = [
  /^(?:发自|发送自|来自|來自|傳送自|寄自)\s*(?:我的|网易|QQ|Outlook|Windows|手机|iPhone|iPad|iOS|Android|安卓|Samsung|三星|Huawei|华为|荣耀|HONOR|小米|Redmi|红米|vivo|OPPO|一加|魅族|新浪|Foxmail|139|189|移动|电信|邮箱|Mail|阿里|钉钉|飞书|企业微信)[^，。；！？,;!?]{0,40}$/i,
  /^从\s*(?:我的)?.{1,24}\s*发送$/,
  /^使用.{0,16}(?:邮箱|邮件|Mail).{0,16}发送$/i,
  /^Sent\s+(?:from|via|using|with)\s+.{1,60}$/i,
  /^(?:Get|获取|取得|下载|下載)\s*(?:适用于.{0,12}的)?\s*Outlook.{0,40}$/i,
  /^(?:本邮件|此邮件|This (?:e-?mail|message)).{0,40}(?:机密|保密|confidential).*$/is,
  /^(?:不含病毒|Virus-free)[。.]?.{0,40}$/i,
];
const isAdded = (line: string): boolean => ADDED.some((one) => one.test(line.trim()));
const DELIMITER = /^--\s*$/;

export function withoutSignature(text: string): string {
  const lines = text.split('\n');
  // A mail that begins with the delimiter would be nothing but a signature: then it is taken as said.
  const cut = lines.findIndex((line, at) => DELIMITER.test(line) && lines.slice(0, at).some((before) => before.trim() !== ''));
  const kept = cut < 0 ? lines : lines.slice(0, cut);
  while (kept.length > 0 && (kept.at(-1)?.trim() === '' || isAdded(kept.at(-1) ?? ''))) kept.pop();
  return kept.join('\n');
}
