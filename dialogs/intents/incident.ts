/** What kind of incident it probably is where no rule names it, so that danger to a child never has to answer questions first (P15, S4-10). */

/** The reason given when a message hints at self-harm, so that the engine answers with care. */
export const SELF_HARM = 'self-harm hint';

/** The first that fits. What fits none is taken for danger to a child: a person too many is better than a form too many. */
const KINDS: readonly Readonly<{ kind: string; when: RegExp }>[] = [
  {
    kind: SELF_HARM,
    when: /(?:想|要|去|说|写|求)死|死了(?:算|好|干净|一了)|不想(?:在|活|撑)|撑不下去|活(?:着|不|下去)|没(?:了我|有我)|遗(?:书|言)|自(?:杀|残|己.{0,4}(?:划|割))|割|跳下|楼顶|天台|安眠药|解脱|kill (?:him|her|my)self|wants? to die/i,
  },
  {
    kind: 'fraud',
    when: /骗|转(?:了|给|账|钱)|汇款|打款|(?:冒|假)(?:充|扮|冒)|扫码.{0,6}(?:钱|付|交)|划走|收款|cheat|scam|fraud/i,
  },
  { kind: 'account taken over', when: /账号|帐号|账户|密码|登(?:录|陆)|盗|hack/i },
  {
    kind: 'sent to many by mistake',
    when: /发(?:错|串|成|给|到|出去|送).{0,20}(?:全|所有|都|整个|几百|上百|\d{2,}|家长|班|群|年级|学校)|(?:全|所有|都|整个).{0,20}(?:收到|收着|看到|看见)|by mistake/i,
  },
  {
    kind: 'notice cannot be sent',
    when: /(?:通知|短信|消息|信息|群发|notice|message).{0,16}(?:发|没|不|卡|send|sent|reach)|(?:收不到|没(?:有)?收到|没人收|发不出).{0,8}(?:通知|短信|消息|信息|群发)/i,
  },
];

export function likelyIncident(text: string): string {
  return KINDS.find(({ when }) => when.test(text))?.kind ?? 'child in danger';
}
