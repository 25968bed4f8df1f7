/**
 * What the customer wants, best guess first, each with its reasons.
 *
 * Readable rules speak first; the statistical guess and what the knowledge base found are evidence that is added to them.
 * Asking how, why or how much is a question; asking us to do it is a transaction; anger with a demand is a complaint;
 * danger to a child, account theft and a notice missing before its event outrank everything.
 */

import { asksForHuman, reads } from './extract/control';
import { mandarin } from './extract/dialect';
import { piece } from './extract/pattern';
import { clip, normalize } from './extract/text';
import { type Mood, moodOf } from './intents/mood';
import { RULES } from './intents/rules';
import { isOrdinaryMiss } from './intents/urgent';
import type { Classified, Intent, IntentName, Knowledge, SlotName } from './vocabulary';

export type IntentContext = Readonly<{ classified: readonly Classified[]; knowledge: Knowledge; asked?: SlotName }>;

/** The reason given when a message hints at self-harm, so that the engine answers with care. */
export const SELF_HARM = 'self-harm hint';

// Cubed, so that a guess counts for much when it is sure and for hardly anything when it is not.
const CLASSIFIER_WEIGHT = 0.9;
const LEAST = 0.15;
const DOMAIN = new RegExp(
  piece`
    校讯通|家校|短信|通知|消息|信息|考勤|刷卡|打卡|学生卡|校卡|教师卡|卡|APP|客户端|软件|密码|登[录陆]|验证码|账号
    |帐号|绑定|班级|班|老师|家长|学生|孩子|娃|开通|取消|退订|扣|费|钱|资费|作业|成绩|发送|群发|导入|平台|机器|设备
    |学校|手机|号码|微信|公众号|客服|亲情|套餐|发票|积分|到校|离校|迟到|请假|人脸|推送|投诉|培训|手册|模板|名单|回执
    |附件|定时|撤回|隐私|权限|管理员|报修|维修|上门|远程|工单|热线|上班|小程序|电话|校|系统|业务|订|服务|敏感词|操作
    |视频|教程|暂停|寒暑?假|暑假|强制|毕业|转学|资料|登记|截图|提醒|照片|安装|下载|升级|插班|升|学年|图片|语音|文件|开票|怎么用|发不|住校|宿舍|注销
    |退费|停机|欠费|插座|网络|奖励|收(?:到|不到|得到)|数据|泄露|绑|协议
  `,
  'i',
);

type Evidence = Map<IntentName, { score: number; why: string[] }>;

/** Independent evidence for the same intent adds up without ever reaching 1. */
function add(evidence: Evidence, name: IntentName, score: number, why: string): void {
  const before = evidence.get(name);
  if (!before) evidence.set(name, { score, why: [why] });
  else evidence.set(name, { score: Math.max(before.score, 1 - (1 - before.score) * (1 - score * 0.5)), why: [...before.why, why] });
}

function addRules(evidence: Evidence, text: string, mood: Mood): void {
  for (const { name, score, why, when, unless, mood: only } of RULES)
    if ((!only || only(mood)) && when.test(text) && !unless?.test(text)) add(evidence, name, score, `rule: ${why}`);
}

function addControl(evidence: Evidence, original: string): void {
  const control = reads(original);
  if (asksForHuman(original)) add(evidence, 'human-request', 0.97, 'rule: asks for a person');
  if (control.greeting) add(evidence, 'chitchat', 0.92, 'rule: greeting');
  if (control.thanks) add(evidence, 'chitchat', 0.92, 'rule: thanks');
  if (control.yes || control.no) add(evidence, 'chitchat', 0.5, 'rule: only yes or no');
}

function addQuestion(evidence: Evidence, text: string, mood: Mood, { knowledge, asked }: IntentContext): void {
  const top = knowledge.hits[0];
  const known = knowledge.decision === 'answer' ? 0.3 : knowledge.decision === 'clarify' ? 0.15 : 0;
  // The trouble of another counter may be told in words of ours: 「社保卡的钱怎么取」.
  const elsewhere = known === 0 && evidence.has('out-of-scope');
  if (elsewhere) evidence.delete('query-info');
  const domain = !elsewhere && DOMAIN.test(text);
  const base = mood.asks ? (domain ? 0.6 : 0.4) : domain ? 0.4 : 0.2;
  const score = Math.min(0.88, base + known);
  const why = [
    mood.how ? 'asks how or why' : mood.asks ? 'asks whether' : 'tells something',
    domain ? 'school-home words' : 'no school-home words',
  ];
  add(evidence, 'faq', score, `question: ${why.join(', ')}`);
  if (top && known > 0) evidence.get('faq')?.why.push(`knowledge: ${knowledge.decision} ${top.article} ${top.score.toFixed(2)}`);
  // A bare answer to the question just asked has no school-home words either.
  if (!domain && known === 0 && asked === undefined)
    add(evidence, 'out-of-scope', mood.asks ? 0.5 : 0.3, 'rule: no school-home words and no article');
}

/** An insult beside a matter is an angry complaint; an insult alone is abuse. */
function weighAnger(evidence: Evidence, text: string, mood: Mood): void {
  const abuse = evidence.get('abuse');
  if (!abuse) return;
  const matter = mood.demands || /扣|费|钱|收不到|没收到|坏|没人|不处理|不解决|短信|投诉|退|开通|取消|刷卡/.test(text);
  if (matter) add(evidence, 'complaint', 0.88, 'rule: insult with a matter');
  else evidence.set('abuse', { score: 0.93, why: [...abuse.why, 'rule: no matter besides'] });
}

/** Intents best first, never empty, scores 0…1. */
export function understand(message: string, context: IntentContext): readonly Intent[] {
  const original = clip(message);
  const text = mandarin(normalize(original)).trim();
  const mood = moodOf(text);
  const evidence: Evidence = new Map();
  addRules(evidence, text, mood);
  addControl(evidence, original);
  weighAnger(evidence, text, mood);
  addQuestion(evidence, text, mood, context);
  const ordinary = isOrdinaryMiss(text);
  for (const { name, score } of context.classified)
    if (score > 0.1 && !(ordinary && name === 'urgent-incident')) {
      const before = evidence.get(name)?.score ?? 0;
      const why = evidence.get(name)?.why ?? [];
      evidence.set(name, {
        score: 1 - (1 - before) * (1 - CLASSIFIER_WEIGHT * score ** 3),
        why: [...why, `classifier: ${score.toFixed(2)}`],
      });
    }
  const intents = [...evidence].map(([name, { score, why }]): Intent => ({ name, score: Math.round(score * 1000) / 1000, why }));
  intents.sort((a, b) => b.score - a.score);
  return intents.filter(({ score }, index) => index === 0 || score >= LEAST);
}
