/** The puppet of an account: what speaks to WeChat for it. Each package is loaded only when an account uses it. */
import type { impls } from 'wechaty-puppet';
import type { GrpcManager } from 'wechaty-puppet-service';
import type { WechatAccount } from './options';

export type Puppet = impls.PuppetInterface;

/**
 * A puppet's own watchdog brings it back half alive and nobody is told; ours begins a new life instead, and long before this.
 * In seconds, as long as a timer can be.
 */
const NEVER_SECONDS = 2_000_000;

/** Throws when a package is missing: the mock comes only with the development packages. */
export async function createPuppet(account: WechatAccount): Promise<Puppet> {
  switch (account.puppet) {
    case 'service':
      return createService(account);
    case 'wechat4u':
      return createWeb();
    case 'mock':
      return createNobody();
  }
}

/** A gateway that is well says goodbye much sooner. */
const LEAVE_WITHIN_MS = 3_000;

async function createService({ token, endpoint, insecure }: WechatAccount): Promise<Puppet> {
  const { PuppetService } = await import('wechaty-puppet-service');
  class Service extends PuppetService {
    /** The package would keep contacts and groups in the home directory, where no data of customers belongs. */
    protected override hookPayloadStore(): void {}

    /** A gateway that says somebody else is logged in now would be refused silently, and our own messages taken for a customer's. */
    override login(user: string): void {
      if (!this.isLoggedIn) super.login(user);
      else if (this.currentUserId !== user) this.emit('reset', { data: 'another login' });
    }

    /** One that refuses the stream, because somebody else has it, or dies over it may start all the same, and would never be heard. */
    override async onStart(): Promise<void> {
      await super.onStart();
      if (this.grpcManager.eventStream?.destroyed) this.emit('reset', { data: 'no stream' });
    }

    /** A gateway that shuts down in good order ends its stream without an error, of which the package says nothing. */
    protected override bridgeGrpcEventStream(manager: GrpcManager): void {
      super.bridgeGrpcEventStream(manager);
      manager.on('end', () => this.emit('reset', { data: 'the stream ended' }));
    }

    /** A gateway that hangs does not answer that we leave, and the next life would be given the same dead connection. */
    override async onStop(): Promise<void> {
      const { client } = this.grpcManager;
      await Promise.race([super.onStop(), new Promise((resolve) => setTimeout(resolve, LEAVE_WITHIN_MS).unref())]);
      client.close();
    }
  }
  const options = { timeoutSeconds: NEVER_SECONDS, tls: { disable: insecure === true } };
  return new Service({ ...options, ...(token !== undefined && { token }), ...(endpoint !== undefined && { endpoint }) });
}

/** What of wechat4u's core is touched. */
type Core = { removeAllListeners(event: string): void; logout(): Promise<unknown> };

async function createWeb(): Promise<Puppet> {
  const { PuppetWechat4u } = await import('wechaty-puppet-wechat4u');
  class Web extends PuppetWechat4u {
    /** The package logs out whenever it stops, and forgets the login: every restart would ask for the phone again. */
    override async onStop(): Promise<void> {
      const core = (this as unknown as { wechat4u?: Core }).wechat4u;
      core?.removeAllListeners('logout');
      if (core) core.logout = async () => undefined;
      await super.onStop();
    }
  }
  return new Web({ timeoutSeconds: NEVER_SECONDS });
}

const SCANNED_AFTER_MS = 5_000;

/** Shows a code, is logged in a little later, and hears nobody: to see the page and the log without WeChat. */
async function createNobody(): Promise<Puppet> {
  const { PuppetMock, mock } = await import('wechaty-puppet-mock');
  const mocker = new mock.Mocker();
  mocker.use(() => {
    mocker.scan('https://wechat.invalid/nobody');
    const self = mocker.createContact({ id: 'nobody', name: '模拟账号' });
    const timer = setTimeout(() => mocker.login(self), SCANNED_AFTER_MS);
    return () => clearTimeout(timer);
  });
  return new PuppetMock({ mocker, timeoutSeconds: NEVER_SECONDS });
}
