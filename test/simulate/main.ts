/** npm run simulate -- NAME: try a channel or a desk without its platform; everything is gone after Ctrl+C. */
import { takeDown } from './stage';

const say = (line: string): void => void process.stdout.write(`${line}\n`);

/** What can be simulated: each starts on loopback and says in words what to do with it. */
type Simulated = Readonly<{ guide: string }>;
const simulations: Readonly<Record<string, () => Promise<Simulated>>> = {
  slack: async () => {
    const { startSimulation } = await import('./simulation.js');
    const { url, server, folder } = await startSimulation();
    return { guide: slackGuide(url, server, folder) };
  },
  teams: async () => {
    const { startTeams } = await import('./teams/index.js');
    const { bot, server, folder } = await startTeams(say);
    return { guide: teamsGuide(bot, server, folder) };
  },
  wecom: async () => {
    const { startWecomSimulation } = await import('./wecom/index.js');
    const { url, server, folder } = await startWecomSimulation(say);
    return { guide: wecomGuide(url, server, folder) };
  },
  email: async () => {
    const { startEmailSimulation } = await import('./email/simulation.js');
    const { url, smtpPort, folder } = await startEmailSimulation(say);
    return { guide: emailGuide(url, smtpPort, folder) };
  },
  'wechat-official': async () => {
    const { startOfficialSimulation } = await import('./wechat-official/simulation.js');
    const { url, server, folder } = await startOfficialSimulation(say);
    return { guide: wechatGuide('公众号模拟 / an official account, simulated', url, server, folder) };
  },
  wechat: async () => {
    const { startWechatSimulation } = await import('./wechat/simulation.js');
    const { url, server, folder } = await startWechatSimulation(say);
    return { guide: wechatGuide('个人微信模拟 / a personal WeChat account, simulated', url, server, folder) };
  },
  phone: async () => {
    const { startPhoneSimulation } = await import('./phone/simulation.js');
    const { server, secret, folder } = await startPhoneSimulation(say);
    return { guide: phoneGuide(server, secret, folder) };
  },
};

const teamsGuide = (bot: string, server: string, folder: string): string => `
以上是离线 Direct Line 里演的一遍；服务还开着 / played over an offline Direct Line; the server is still up

  用 Bot Framework Emulator 接着聊 / go on with the Bot Framework Emulator
      地址 Bot URL           ${bot}      （App ID 和密码留空 / leave app id and password empty）
  网页咨询 web chat        ${server}/
  临时数据 data            ${folder}

  按 Ctrl+C 停止并删除临时数据 / Ctrl+C stops everything and removes the data
`;

const slackGuide = (url: string, server: string, folder: string): string => `
Slack 工作台模拟 / the desk in Slack, simulated

  打开 open              ${url}
  网页咨询单独打开       ${server}/
  临时数据 data          ${folder}

  可以这样试 / what to try
   1. 左边是客户：写「我是实验小学三(2)班王小明的妈妈，电话13800138000，收不到短信，转人工」
   2. 右边是 Slack：#工单 里出现卡片，点「认领」，再点「查看消息列」
   3. 在消息列里写话，客户立刻收到（✅）；以 // 开头的只留在内部（🔒）
   4. 点「解决」，先空着提交看错误，再填好；客户会被请去评价
   5. 换一个身份：乙去「接手」，未登记的同事只能看；点「升级主管」，#主管 会被呼叫
   6. 在频道里输入 /qiao help、/qiao mine；打开「Qiao 桥 · 主页」

  按 Ctrl+C 停止并删除临时数据 / Ctrl+C stops everything and removes the data
`;

const wecomGuide = (url: string, server: string, folder: string): string => `
微信客服模拟 / WeCom customer service, simulated

  自己写一句 write yourself   ${url}
  坐席工作台 desk             ${server}/desk
  临时数据 data               ${folder}

  按 Ctrl+C 停止并删除临时数据 / Ctrl+C stops everything and removes the data
`;

const emailGuide = (server: string, smtpPort: number, folder: string): string => `
邮件渠道模拟 / mail, simulated

  坐席工作台、健康检查    ${server}/desk  ${server}/readyz
  临时数据 data           ${folder}

  自己写一封信 / write one yourself（回信会显示在这里 / answers are shown here）
   printf 'From: me@parents.example\\nSubject: 怎么退订\\n\\n谢谢\\n' | curl -s smtp://127.0.0.1:${smtpPort} --mail-from me@parents.example --mail-rcpt help@school.example -T -

  按 Ctrl+C 停止并删除临时数据 / Ctrl+C stops everything and removes the data
`;

const wechatGuide = (title: string, url: string, server: string, folder: string): string => `
${title}

  自己写几句 write       ${url}
  服务 server            ${server}/
  临时数据 data          ${folder}

  按 Ctrl+C 停止并删除临时数据 / Ctrl+C stops everything and removes the data
`;

const phoneGuide = (server: string, secret: string, folder: string): string => `
电话模拟 / telephone calls, simulated

  坐席工作台 desk         ${server}/desk
  临时数据 data           ${folder}

  自己打一通 / call yourself
   body='{"call":"mine","event":"ringing","caller":"13800138000","extension":"8001"}'
   curl ${server}/api/calls -d "$body" -H "X-Qiao-Timestamp: $(date +%s)" -H "X-Qiao-Signature: sha256=$(printf %s "$body" | openssl dgst -sha256 -hmac '${secret}' | sed 's/.* //')"

  按 Ctrl+C 停止并删除临时数据 / Ctrl+C stops everything and removes the data
`;

/** A second signal does not wait any longer. */
function untilToldToStop(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) {
      process.once(signal, () => {
        process.once(signal, () => process.exit(1));
        resolve();
      });
    }
  });
}

async function main(): Promise<void> {
  const start = simulations[process.argv[2] ?? ''];
  if (!start) {
    say('请说明模拟哪一个 / say what to simulate:');
    for (const name of Object.keys(simulations)) say(`  npm run simulate -- ${name}`);
    process.exitCode = 1;
    return;
  }
  const told = untilToldToStop();
  const playing = start().then(({ guide }) => say(guide));
  await Promise.race([told, playing.then(() => told)]);
  say('正在停止… / stopping…');
  await takeDown();
  // A play that goes on finds nobody any more.
  process.exit();
}

// Nobody may be reading any more; what was started is stopped all the same.
process.stdout.on('error', () => undefined);

main().catch((error) => {
  say(String(error));
  process.exitCode = 1;
});
