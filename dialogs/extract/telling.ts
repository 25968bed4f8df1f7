/** How much a clause tells of a trouble or a wish, against what is said about the talk itself: corrections, numbers, whom to ask. */
import type { Slot } from '../vocabulary';
import { mandarin } from './dialect';
import { piece } from './pattern';

const SERVICE = new RegExp(
  piece`
    校[讯信迅]通|显示|短信|信息|消息|信儿|通知|提醒|推送|作业|成绩|分数|考勤|打卡|刷卡|刷脸|人脸|接送|离[校园]|[到进入][校园]|平安|卡|牌牌|胸牌|app|软件
    |客户端|程序|平台|网[页站络]|公众号|登[录陆路入]|验证|[密蜜]码|[账帐][号户]|话机|亲情|机器|机子|设备|[考勤闸]机|门禁|屏|读卡|照片
    |相片|图片|视频|文件|名单|名字|姓名|[班级家长]圈|群|微信|二维码|话费|套餐|[费钱块元]|发票|业务|课表|请假|旷课|系统|数据|权限|号码?|家长会
    |喇叭|广播|师傅|客服|会员|积分|流量|定位|手表
  `,
  'i',
);
const TROUBLE = new RegExp(
  piece`
    没(?!变|打完|说完|写完|有?手机|有?电话|[事错])|未(?!打完)|[收看登打刷绑连进听找拨传发下装用认][不勿弗](?:得)?[到着上起来了进清出开动通见]
    |不(?:了|到|着|上|起|出|开|动|通|响|亮|对|准|来|见|弹|认|行|灵|好使|回|清|全|匹配|符|存在|显|更新|让|给|能|会动|管用|停)
    |坏|丢|掉(?!电话)|落水|捡到|断|折|碎|脱|烂|破|裂|[黑白花蓝]屏|死机|闪退|卡[死住顿]|[报出]错|乱码|失败|失灵|失效|异常|离线|锁|忘(?!了?[讲说写填])|停了|停机
    |漏(?![讲说写打])|晚(?!上|点|饭)|[推延]迟|迟到|慢|重复|[两三四几]遍|半截|少一截|[打扣收发印弄搞写登录]错|[打印写登录显]成|[多乱光重]扣|扣|骗|骂|欺负|受伤|走失|失踪
    |色情|黄色|赌博|广告|诈骗|冒充|骚扰|泄露|过期|欠费|到期|冻结|被[封删盗]|不一[样致]|别人|串|[进受浸]水|受潮|误[开点订绑发删]|反了|打伤|打架|被.{0,4}打|晕|流血|走丢|跟踪|没[到回]家|老是?[收刷断闪发打]|还[在是](?:收|扣|显|发)|fail|error|broken|lost
  `,
  'i',
);
const WISH = new RegExp(
  piece`
    想(?!起|不)|(?<![还不只主重])要(?!是|不)|帮(?!忙$)|麻烦|请(?!假|问$)|申请|补(?!充)|换|改|退|开通|取消|查|加[上装入个]|增加|删|注销|绑|挂失|办[理个新]|投诉|举报|建议|希望
    |咨询|反映|反馈|报修|修|发票|升级|导[入出]|安?装|重置|找回|激活|续费|缴费|充值|订|核[查实]|更[改换新]|变更|转[班学到]|want|need|help
  `,
  'i',
);
const ASKED =
  /一直|老是|总是|突然|明明|居然|怎|咋|为[什啥何]|凭什么|多少|什么|几时|啥时|哪[里个儿]|能不能|可不可以|是不是|[吗么不没]$|how|why|what|when/i;

/** Words about the talk itself, about who is to be asked and how to be reached. */
const ASIDE = new RegExp(
  piece`
    (?:打|写|说|讲|输|填|数|念|记)错[了咯啦]?|瞎[写说打]|[没未](?:打|说|写)完|忘了?(?:讲|说|写|填)|漏(?:说|讲|写|打)|少(?:打|写|说)?了?一?[位个](?:数|$)|多(?:打|写)了?一?[位个]
    |末尾|尾号|最后[一两二三]?[位个]|后面.{0,3}位|完整的|补充(?:一|$)|更正|说成|[别莫]弄混|搞混
    |^(?:哦|噢|哎呀?|唉|呃|额|等等)*[,，]?(?:不对|错了|说一下|等等|等一下|稍等|等我)|加我|(?:联系|找|打|回)我|QQ|微信号|(?:等会儿?|待会儿?|回头|晚点)(?:再)?(?:说|补|发|报)|快点|稍等
    |(?:我|来)?(?:代|替|帮)(?:[他她]们?|家长|别人|[^,]{1,3})问|找你们|(?:让|叫|喊)我(?:来)?(?:找|问|打|联系)|(?:打|找|问)(?:这个|[他她])|可以问[他她]|记不[住得清]|不方便|没(?:有)?(?:手机|电话|学校|班级|班$|备注)|手机没(?:得|变)
    |写.{1,8}吧$|用我的|座机|(?:还要?|为什么|怎么|干嘛)要?(?:说|问|填|写)(?:学校|班级|名字|姓名|电话|手机|号码)|姓[一-龥]{1,2}$|^[大小]名|中文名|[大小]的毕业|讲[勿不]清|让(?:我们?)?(?:填|报|写|登记)的
    |^(?:我|一共|总共)?有?[俩两2]个?(?:手机|电话)?号码?(?:都行|都可以)?$|^(?:就|请|那|你们?|别|不要)*(?:打|用|发|联系|优先|留|以|找|是)(?:到|给)?(?:我)?(?:前面?|后面?|上面?|下面?|第[一二])(?:那|这|一|的)*个(?:手机|电话)?号?码?(?:就行|吧|为准|就好)?$
  `,
  'i',
);
/** A record of the school's that is wrong is a matter; a word typed wrong is none. */
const RECORD = /系统|卡上|名字|姓名|平台|登记|显示|印|短信|里面?写|档案|班级|牌/;

const ENOUGH = 2;

/** What a clause with its identity cut out is worth: 2 and more tell a matter, 1 names one of our services, below nought it is an aside. */
export function weigh(clause: string): number {
  const text = mandarin(clause);
  const aside = ASIDE.test(text) && !RECORD.test(text);
  const told = (SERVICE.test(text) ? 1 : 0) + (TROUBLE.test(text) ? 2 : 0) + (WISH.test(text) ? 2 : 0) + (ASKED.test(text) ? 1 : 0);
  return aside ? told - ENOUGH : told;
}

const best = (text: string): number => Math.max(...text.split(/[,，;；。!！?？\s]+/).map(weigh));

/** Whether any clause tells a trouble or a wish. */
export const tells = (text: string): boolean => best(text) >= ENOUGH;

/** Whether any clause so much as names a service. */
export const speaksOfMatter = (text: string): boolean => best(text) >= 1;

/** Opens by taking back what was said; 「卡上也错了」 does not. */
export const takesBack = (text: string): boolean =>
  /^[\s,，。]*(?:哦|噢|啊|哎呀?|呃|额)*[\s,，]*(?:不对|不是|错了|[说打写发搞弄]错|更正|纠正|应该是)/.test(text);

/** Beyond this the desk reads the rest in the conversation itself. */
const MOST = 300;

/**
 * The matter after one more message: words that speak of a service, a trouble or a wish take the place of those that do not, and are
 * kept in order with others that do. What else is said counts when it stands `alone`, beside no fact; a `correction` takes its place.
 */
export function addMatter(before: Slot | undefined, next: Slot, how: 'beside' | 'alone' | 'correction' = 'beside'): Slot {
  if (before === undefined) return next;
  const speaks = speaksOfMatter(next.value);
  if (!speaksOfMatter(before.value)) return speaks ? next : before;
  if (!(speaks || how === 'alone') || before.value.includes(next.value)) return before;
  if (speaks && (how === 'correction' || next.value.includes(before.value))) return next;
  const value = `${before.value.replace(/[。.]+$/, '')}${/[?？!！]$/.test(before.value) ? '' : '，'}${next.value}`;
  return value.length > MOST ? before : { raw: value, value };
}
