// A closed loop of customers over keep-alive HTTP: each says the script line by line and waits for every answer.
import { Agent, request } from 'node:http';
import { performance } from 'node:perf_hooks';

/** One conversation: what a parent says to be led through the five fields and a ticket; every parent has a number of their own. */
export const script = (parent) => {
  const phone = `138${String(parent).padStart(8, '0')}`;
  return ['我要登记一个问题', '实验小学', '三年级2班', '王小明', phone, '收不到老师发的短信', '确认'];
};

let parents = 0;

function post(agent, url, path, body, headers) {
  return new Promise((resolve, reject) => {
    const sent = request(
      `${url}${path}`,
      { method: 'POST', agent, headers: { 'content-type': 'application/json', ...headers } },
      (response) => {
        let text = '';
        response.setEncoding('utf8');
        response.on('data', (part) => {
          text += part;
        });
        response.on('end', () =>
          response.statusCode < 300 ? resolve(text) : reject(new Error(`${path} answered ${response.statusCode}: ${text.slice(0, 200)}`)),
        );
      },
    );
    sent.on('error', reject);
    sent.end(body);
  });
}

/** `peer.message(user, text, id)` → {path, body, headers}; resolves to turns per second and latencies in milliseconds. */
export async function drive(peer, { customers, conversations, prefix }) {
  // Sockets of its own: one kept from an earlier round may be closed by the peer just as it is used again.
  const agent = new Agent({ keepAlive: true, maxSockets: 256 });
  const latencies = [];
  let next = 0;
  let last = '';
  const began = performance.now();
  await Promise.all(
    Array.from({ length: customers }, async () => {
      while (next < conversations) {
        const parent = parents++;
        const user = `${prefix}-${next++}`;
        for (const [turn, text] of script(parent).entries()) {
          const { path, body, headers } = peer.message(user, text, `${user}-${turn}`);
          const at = performance.now();
          last = await post(agent, peer.url, path, body, headers);
          latencies.push(performance.now() - at);
        }
      }
    }),
  );
  const seconds = (performance.now() - began) / 1000;
  agent.destroy();
  latencies.sort((a, b) => a - b);
  const at = (share) => latencies[Math.min(latencies.length - 1, Math.floor(share * latencies.length))];
  return { perSecond: latencies.length / seconds, p50: at(0.5), p99: at(0.99), turns: latencies.length, last };
}
