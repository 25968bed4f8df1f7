/** What was typed after /qiao, as one of the things it can do. Pure. */

export type Command =
  | Readonly<{ kind: 'help' | 'mine' }>
  | Readonly<{ kind: 'queue'; department?: string }>
  | Readonly<{ kind: 'show'; number: string }>
  | Readonly<{ kind: 'claim'; number: string }>
  | Readonly<{ kind: 'find'; text: string }>
  | Readonly<{ kind: 'note'; number: string; text: string }>
  /** Something is missing: how it is written. */
  | Readonly<{ kind: 'unfinished'; usage: string }>
  | Readonly<{ kind: 'unknown'; word: string }>;

const names = new Map<string, 'help' | 'mine' | 'queue' | 'show' | 'find' | 'claim' | 'note'>([
  ['help', 'help'],
  ['帮助', 'help'],
  ['mine', 'mine'],
  ['我的', 'mine'],
  ['queue', 'queue'],
  ['排队', 'queue'],
  ['队列', 'queue'],
  ['show', 'show'],
  ['查看', 'show'],
  ['find', 'find'],
  ['查找', 'find'],
  ['claim', 'claim'],
  ['认领', 'claim'],
  ['note', 'note'],
  ['备注', 'note'],
]);

export const usages = {
  mine: '/qiao mine',
  queue: '/qiao queue [部门]',
  show: '/qiao show 编号',
  find: '/qiao find 手机号／学校／姓名',
  claim: '/qiao claim 编号',
  note: '/qiao note 编号 备注内容',
  help: '/qiao help',
} as const;

/** The first word and the rest, as written. */
function split(text: string): readonly [string, string] {
  const [, word = '', rest = ''] = /^(\S*)\s*([\s\S]*)$/.exec(text.trim()) ?? [];
  return [word, rest.trim()];
}

/** Numbers are taken as people type them: full width, with # or 工单 before them. */
const numberOf = (word: string): string => word.normalize('NFKC').replace(/^(#|工单)/, '');

export function parseCommand(typed: string): Command {
  const [word, rest] = split(typed);
  const kind = word === '' ? 'help' : names.get(word.normalize('NFKC').toLowerCase());
  if (kind === undefined) return { kind: 'unknown', word };
  switch (kind) {
    case 'help':
    case 'mine':
      return { kind };
    case 'queue':
      return rest === '' ? { kind } : { kind, department: rest };
    case 'find':
      return rest === '' ? { kind: 'unfinished', usage: usages.find } : { kind, text: rest };
    case 'show':
    case 'claim': {
      const [number] = split(rest);
      return number === '' ? { kind: 'unfinished', usage: usages[kind] } : { kind, number: numberOf(number) };
    }
    case 'note': {
      const [number, text] = split(rest);
      return text === '' ? { kind: 'unfinished', usage: usages.note } : { kind, number: numberOf(number), text };
    }
  }
}
