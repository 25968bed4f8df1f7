/** `qiao wecom directory`: the school directory of WeCom into customers and schools, with what it changed. */
import type { FamilyDirectory, Progress } from '../../adapters/directory';
import { importDirectory } from '../people/directory';
import type { Store } from '../store/store';
import { print, printJson, type Terminal } from './lines';

export type ReadDirectory = (progress: Progress) => Promise<FamilyDirectory>;

const EVERY = 10;

/** One account after the other; progress goes to stderr, so that the answer stays the command's. */
export async function directoryCommand(
  terminal: Terminal,
  store: Store,
  accounts: readonly Readonly<{ account: string; read: ReadDirectory }>[],
  options: Readonly<{ json: boolean; at: Date }>,
): Promise<void> {
  for (const { account, read } of accounts) {
    const directory = await read((done, all) => {
      if (done % EVERY === 0 || done === all) terminal.error.write(`${account}：已读取 read ${done}/${all} 个班级 classes\n`);
    });
    const counts = await importDirectory(store, { channel: 'wecom', account }, directory, options.at);
    const { students, unreachable } = directory;
    if (options.json) {
      printJson(terminal, { account, students, parents: directory.families.length, unreachable, ...counts });
      continue;
    }
    print(
      terminal,
      `${account}：学生 students ${students}，家长 parents ${directory.families.length}（另有 ${unreachable} 位未关注，暂不能对应 never opened it）`,
    );
    print(
      terminal,
      `  家长 parents：新增 added ${counts.added}，更新 changed ${counts.changed}，未变 same ${counts.same}，移除 gone ${counts.gone}；新学校 new schools ${counts.schools}`,
    );
  }
}
