/** A page on which a person writes as a parent in WeChat and reads what comes back. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { WecomPlatform } from '../../support/wecom/platform';

const YOU = 'wm-you';

const page = `<!doctype html><html lang="zh"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>微信客服模拟</title>
<style>body{font:16px/1.5 sans-serif;max-width:40em;margin:auto;padding:1em;background:#ededed}p{white-space:pre-wrap;padding:.6em;border-radius:.4em;background:#fff;width:fit-content;max-width:85%}
.you{background:#95ec69;margin-left:auto}form{display:flex;gap:.5em;position:sticky;bottom:0;background:#ededed;padding:.5em 0}input{flex:1;font:inherit;padding:.5em}button{font:inherit;margin:.2em}</style>
<h1>微信客服模拟</h1><div id="talk" aria-live="polite"></div>
<form><input name="text" aria-label="说点什么" placeholder="说点什么" autofocus autocomplete="off"><button>发送</button></form>
<script>
const talk=document.getElementById('talk');let seen=0;
const say=(content)=>fetch('/say',{method:'POST',body:JSON.stringify(content)});
const add=(text,kind)=>{const p=document.createElement('p');p.className=kind;p.textContent=text;talk.append(p);p.scrollIntoView();return p};
document.forms[0].onsubmit=(e)=>{e.preventDefault();const i=e.target.text;if(!i.value.trim())return;add(i.value,'you');say({content:i.value});i.value=''};
setInterval(async()=>{const got=await(await fetch('/got?after='+seen)).json();for(const m of got){seen+=1;const p=add(m.text?m.text.content:m.msgmenu?m.msgmenu.head_content:'［'+m.msgtype+'］','desk');
for(const {click} of (m.msgmenu?.list??[])){const b=document.createElement('button');b.textContent=click.content;b.onclick=()=>{add(click.content,'you');say({content:click.content,menu_id:click.id})};p.append(document.createElement('br'),b)}}},400);
fetch('/enter',{method:'POST'});
</script></html>`;

export async function openPage(platform: WecomPlatform, kfid: string): Promise<Readonly<{ url: string; close(): Promise<void> }>> {
  const { state } = platform;
  const server = createServer(async (request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://page');
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part);
    const give = (body: unknown): void => void response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    if (pathname === '/') return void response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(page);
    if (pathname === '/got') {
      const mine = state.got.filter(({ user }) => user === YOU).map(({ body }) => body);
      return give(mine.slice(Number(searchParams.get('after')) || 0));
    }
    if (request.method !== 'POST') return void response.writeHead(404).end();
    if (pathname === '/enter') state.enter(kfid, YOU);
    else if (pathname === '/say') state.say(kfid, YOU, { msgtype: 'text', text: JSON.parse(Buffer.concat(parts).toString('utf8')) });
    void platform.signal(kfid);
    give({});
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
