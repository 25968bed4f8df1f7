/** qiao wechat-official menu: the menu under an official account's chat, from a file to the platform. */
import { readFile } from 'node:fs/promises';
import { parseJson } from '../config/fields';
import { print, type Terminal, UsageError } from './lines';

type Account = Readonly<{ account: string }>;
type Read<M> = Readonly<{ kind: 'menu'; menu: M }> | Readonly<{ kind: 'refused'; problems: readonly string[] }>;

/** Throws UsageError saying what to mend; what the platform refuses is thrown by `push`. */
export async function menuCommand<A extends Account, M>(
  terminal: Terminal,
  file: string,
  given: Readonly<{
    accounts: readonly A[];
    account?: string;
    read: (json: unknown) => Read<M>;
    push: (account: A, menu: M) => Promise<void>;
  }>,
): Promise<void> {
  const account = chosen(given.accounts, given.account);
  const text = await readFile(file, 'utf8').catch(() => {
    throw new UsageError(`${file} cannot be read; give the path of a JSON file`);
  });
  const json = parseJson(text);
  if (json === undefined) throw new UsageError(`${file} is no JSON`);
  const read = given.read(json);
  if (read.kind === 'refused')
    throw new UsageError(`the menu cannot be used, nothing was changed:\n${read.problems.map((one) => `  - ${one}`).join('\n')}`);
  await given.push(account, read.menu);
  print(terminal, `${account.account}: 菜单已更新，已关注的人重新进入公众号后可见 / the menu is replaced`);
}

function chosen<A extends Account>(accounts: readonly A[], name: string | undefined): A {
  const names = accounts.map(({ account }) => account).join(', ');
  if (accounts.length === 0) throw new UsageError('no official account is set up; fill in WECHAT_OFFICIAL_ACCOUNTS');
  const found = name === undefined ? (accounts.length === 1 ? accounts[0] : undefined) : accounts.find(({ account }) => account === name);
  if (!found) throw new UsageError(`say which account with --account: ${names}`);
  return found;
}
