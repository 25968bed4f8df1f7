/** 「我是家长」: who they are and nothing else. */
import type { Copy } from './copy';
import type { Role } from './vocabulary';

export function roleNamed(text: string, copy: Copy): Role | undefined {
  const word = text.replace(/^(?:我们?是|本人是?|i am an? )/i, '').replace(/[\s.!\u3002\uff01\uff0c,]+$/u, '');
  if (word === '老师') return 'teacher';
  return (Object.keys(copy.roles) as Role[]).find((role) => copy.roles[role].toLowerCase() === word.toLowerCase()); // keys of a Record by Role
}
