/**
 * Fits the weights of `dialogs/extract/nameWeights.ts`: `npm run bench:names` prints them, `-- --write` writes them.
 *
 * The material: every turn of the dev lines of extraction.jsonl in which a name is to be read out of running text, and the dev questions
 * and voices and the examples of intents, in which nobody is named. Of each turn's candidates one is right, or none is: a softmax over them and over nobody, whose
 * weight is 0. A sign seen in fewer than LEAST turns weighs nothing, so that no line has a weight of its own.
 * Before, each of the sets told by strangers is left out in turn and read with what the rest teaches.
 */
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { reads } from '../dialogs/extract/control';
import { findName, weighNames } from '../dialogs/extract/name';
import { SIGNS, type Sign } from '../dialogs/extract/nameSigns';
import type { Weights } from '../dialogs/extract/nameWeights';
import { findPlaces } from '../dialogs/extract/places';
import { clip, normalize } from '../dialogs/extract/text';
import { loadExamples } from '../knowledge/load';
import { extractions, questionsOf } from './labelled';
import { solve } from './logistic';

type Option = Readonly<{ signs: readonly number[]; right: boolean }>;
type Turn = Readonly<{ line: Line; text: string; options: readonly Option[]; weight: number }>;
type Line = Readonly<{ set: string; texts: readonly string[]; name: string | undefined }>;

const ROUNDS = 12;
const RIDGE: number = 0.6;
const LEAST = 3;
const QUESTION_WEIGHT = 0.3;
const NOWHERE = { schools: [], directory: false };
const NOTHING = Object.fromEntries(SIGNS.map((sign) => [sign, 0])) as Weights; // all signs
const print = (line: string): void => void process.stdout.write(`${line}\n`);

/** The lines in which no name is asked for or labelled: there it is read out of running text. */
function linesOf(): Line[] {
  return extractions('dev').flatMap(({ set = 'own', text, turns = [{ asked: null, text: text ?? '' }], slots }) => {
    const told = turns.map((turn) => turn.text);
    const answered =
      turns.some(({ asked }) => asked === 'name') || told.some((one) => place(one).labelled.some(({ slot }) => slot === 'name'));
    return answered ? [] : [{ set, texts: told, name: slots.name === undefined ? undefined : normalize(slots.name) }];
  });
}

/** Intents whose examples say whose data it is. */
const NAMING: ReadonlySet<string> = new Set(['change-info', 'query-info']);

/** Messages in which nobody is named, as far as they do not speak of names. */
async function nameless(): Promise<string[]> {
  const asked = ['questions', 'voices', 'blind-questions'].flatMap((name) => questionsOf(name, 'dev').map(({ text }) => text));
  const wanted = [...(await loadExamples('knowledge/examples'))].flatMap(([intent, texts]) => (NAMING.has(intent) ? [] : texts));
  return [...asked, ...wanted].filter((text) => !/名|叫|姓/.test(text));
}

const place = (text: string) => findPlaces(clip(text), NOWHERE);
const positions = (signs: readonly Sign[]): readonly number[] => signs.map((sign) => SIGNS.indexOf(sign));

function turnsOf(line: Line): Turn[] {
  const read = line.texts.map((text) => {
    const options = weighNames(place(text).named, NOTHING).map(({ signs, value }) => ({
      signs: positions(signs),
      right: value === line.name,
    }));
    return { text, options };
  });
  const last = read.findLastIndex(({ options }) => options.some(({ right }) => right));
  const corrected = last > 0 && reads(read[last]?.text ?? '').correction;
  return read
    .filter(({ options }, at) => options.length > 0 && !(corrected && at < last))
    .map(({ text, options }) => ({ line, text, options, weight: 1 }));
}

const sum = (weights: readonly number[], signs: readonly number[]): number => signs.reduce((all, at) => all + (weights[at] ?? 0), 0);

/** Newton's method; the curvature is that of the softmax over all options, so several right ones of a turn share what is theirs. */
function fit(turns: readonly Turn[]): readonly number[] {
  const seen = SIGNS.map((_sign, at) => turns.filter(({ options }) => options.some(({ signs }) => signs.includes(at))).length);
  const weights = SIGNS.map(() => 0);
  for (let round = 0; round < ROUNDS; round += 1) {
    const gradient = weights.map((weight) => RIDGE * weight);
    const hessian = weights.map((_row, i) => weights.map((_column, j) => (i === j ? RIDGE : 0)));
    for (const { options, weight } of turns) {
      const lifts = options.map(({ signs }) => Math.exp(Math.min(30, sum(weights, signs))));
      const all = 1 + lifts.reduce((total, lift) => total + lift, 0);
      const right = options.reduce((total, option, at) => total + (option.right ? (lifts[at] ?? 0) : 0), 0);
      const mean = weights.map(() => 0);
      options.forEach((option, at) => {
        const p = (lifts[at] ?? 0) / all;
        const target = option.right && right > 0 ? (lifts[at] ?? 0) / right : 0;
        for (const i of option.signs) {
          mean[i] = (mean[i] ?? 0) + p;
          gradient[i] = (gradient[i] ?? 0) + weight * (p - target);
          const row = hessian[i] ?? [];
          for (const j of option.signs) row[j] = (row[j] ?? 0) + weight * p;
        }
      });
      const used = mean.flatMap((value, at) => (value === 0 ? [] : [at]));
      for (const i of used) for (const j of used) (hessian[i] ?? [])[j] = (hessian[i]?.[j] ?? 0) - weight * (mean[i] ?? 0) * (mean[j] ?? 0);
    }
    const kept = SIGNS.flatMap((_sign, at) => ((seen[at] ?? 0) >= LEAST ? [at] : []));
    const step = solve(
      kept.map((i) => kept.map((j) => hessian[i]?.[j] ?? 0)),
      kept.map((i) => gradient[i] ?? 0),
    );
    kept.forEach((at, i) => {
      weights[at] = (weights[at] ?? 0) - (step[i] ?? 0);
    });
  }
  return weights.map((weight) => Math.round(weight * 10) / 10 + 0);
}

const named = (weights: readonly number[]): Weights => Object.fromEntries(SIGNS.map((sign, at) => [sign, weights[at] ?? 0])) as Weights; // all signs

/** The name a line comes to: the first one told, or a later one that corrects it. */
function readName({ texts }: Line, weights: Weights): string | undefined {
  let name: string | undefined;
  for (const text of texts) {
    const told = findName(place(text).named, weights)?.value;
    if (told !== undefined && (name === undefined || reads(text).correction)) name = told;
  }
  return name;
}

function report(title: string, lines: readonly Line[], weights: Weights, wrong: boolean): void {
  const given = lines.filter(({ name }) => name !== undefined);
  const absent = lines.filter(({ name }) => name === undefined);
  const right = given.filter((line) => readName(line, weights) === line.name);
  const filled = absent.filter((line) => readName(line, weights) !== undefined);
  print(`${title}: ${right.length} of ${given.length} right, ${filled.length} of ${absent.length} filled though none is given`);
  if (!wrong) return;
  for (const line of lines) {
    if (readName(line, weights) === line.name) continue;
    print(`  ${line.name ?? '-'} ← ${readName(line, weights) ?? '-'} 「${line.texts.join(' / ')}」`);
    for (const text of line.texts)
      for (const one of weighNames(place(text).named, weights).filter(({ value, score }) => value === line.name || score > -0.5))
        print(`      ${one.value} ${one.score.toFixed(1)} ${one.signs.map((sign) => `${sign} ${weights[sign]}`).join(', ')}`);
  }
}

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { write: { type: 'boolean' }, wrong: { type: 'boolean' } } });
  const wrong = values.wrong ?? false;
  const lines = linesOf();
  const questions = (await nameless()).map((text) => ({ set: 'questions', texts: [text], name: undefined }));
  const turns = lines.flatMap(turnsOf);
  const asked = questions.flatMap(turnsOf).map((turn) => ({ ...turn, weight: QUESTION_WEIGHT }));
  const sets = [...new Set(lines.map(({ set }) => set))].filter((set) => set !== 'own');
  for (const set of sets)
    report(
      `${set} left out`,
      lines.filter((line) => line.set === set),
      named(fit([...turns.filter(({ line }) => line.set !== set), ...asked])),
      wrong,
    );
  const weights = named(fit([...turns, ...asked]));
  report('all, with the weights of all', lines, weights, wrong);
  report('questions', questions, weights, wrong);
  const table = SIGNS.map((sign) => `  ${sign}: ${weights[sign]},`).join('\n');
  const file = `/** What every sign weighs. Written by \`npm run bench:names -- --write\`; not to be changed by hand. */\nimport type { Sign } from './nameSigns';\n\nexport type Weights = Readonly<Record<Sign, number>>;\nexport const WEIGHTS: Weights = {\n${table}\n};\n`;
  if (values.write) writeFileSync('dialogs/extract/nameWeights.ts', file);
  else print(table);
}

void main();
