/** Multinomial logistic regression over sparse features, trained in one go: deterministic, no randomness, no clock. */

/** Feature names of one text, repeated or not: only presence counts. */
export type Features = readonly string[];
export type Example<Label extends string> = Readonly<{ label: Label; features: Features }>;
/** Probabilities of all labels, best first. */
export type Predict<Label extends string> = (features: Features) => readonly Readonly<{ label: Label; probability: number }>[];

type Sparse = Readonly<{ ids: Int32Array; values: Float64Array }>;

const EPOCHS = 8;
const FIRST_STEP = 4;
const DECAY = 0.1;
const L2 = 1e-4;
/** Every round begins elsewhere. */
const SHIFT = 31;
/** Steps of this share of all examples never come near where they were before: every label is met all the time, however many there are. */
const GOLDEN = (Math.sqrt(5) - 1) / 2;

/** The step nearest to the golden section that meets each of `count` examples once. */
function strideThrough(count: number): number {
  const common = (a: number, b: number): number => (b === 0 ? a : common(b, a % b));
  let stride = Math.max(1, Math.round(count * GOLDEN));
  while (common(stride, count) > 1) stride += 1;
  return stride;
}

/** Learns from the examples by gradient descent on one example after another; features are weighed by rarity, texts to unit length. */
export function train<Label extends string>(examples: readonly Example<Label>[]): Predict<Label> {
  const labels = [...new Set(examples.map(({ label }) => label))];
  const { encode, size } = vocabulary(examples.map(({ features }) => features));
  const width = labels.length;
  const weights = new Float64Array(size * width);
  const bias = new Float64Array(width);
  const scores = new Float64Array(width);
  const rows = examples.map(({ label, features }) => ({ row: encode(features), target: labels.indexOf(label) }));

  function score({ ids, values }: Sparse): void {
    scores.set(bias);
    for (let at = 0; at < ids.length; at += 1) {
      const base = (ids[at] ?? 0) * width;
      const value = values[at] ?? 0;
      for (let label = 0; label < width; label += 1) scores[label] = (scores[label] ?? 0) + (weights[base + label] ?? 0) * value;
    }
    const highest = scores.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
    let total = 0;
    for (let label = 0; label < width; label += 1) {
      const power = Math.exp((scores[label] ?? 0) - highest);
      scores[label] = power;
      total += power;
    }
    for (let label = 0; label < width; label += 1) scores[label] = (scores[label] ?? 0) / total;
  }

  function learn({ ids, values }: Sparse, target: number, step: number): void {
    score({ ids, values });
    scores[target] = (scores[target] ?? 0) - 1;
    for (let label = 0; label < width; label += 1) bias[label] = (bias[label] ?? 0) - 0.1 * step * (scores[label] ?? 0);
    for (let at = 0; at < ids.length; at += 1) {
      const base = (ids[at] ?? 0) * width;
      const value = values[at] ?? 0;
      for (let label = 0; label < width; label += 1) {
        const weight = weights[base + label] ?? 0;
        weights[base + label] = weight - step * ((scores[label] ?? 0) * value + L2 * weight);
      }
    }
  }

  const stride = strideThrough(rows.length);
  for (let epoch = 0; epoch < EPOCHS; epoch += 1) {
    const step = FIRST_STEP / (1 + DECAY * epoch);
    for (let at = 0; at < rows.length; at += 1) {
      const example = rows[(at * stride + epoch * SHIFT) % rows.length];
      if (example) learn(example.row, example.target, step);
    }
  }

  return (features) => {
    score(encode(features));
    return labels.map((label, at) => ({ label, probability: scores[at] ?? 0 })).sort((a, b) => b.probability - a.probability);
  };
}

function vocabulary(texts: readonly Features[]): Readonly<{ encode: (features: Features) => Sparse; size: number }> {
  const frequency = new Map<string, number>();
  for (const features of texts) for (const feature of new Set(features)) frequency.set(feature, (frequency.get(feature) ?? 0) + 1);
  const known = new Map([...frequency].map(([feature, count], id) => [feature, { id, weight: Math.log(1 + texts.length / count) }]));
  function encode(features: Features): Sparse {
    const ids = new Int32Array(features.length);
    const values = new Float64Array(features.length);
    let count = 0;
    let squares = 0;
    for (const feature of new Set(features)) {
      const found = known.get(feature);
      if (!found) continue;
      ids[count] = found.id;
      values[count] = found.weight;
      count += 1;
      squares += found.weight * found.weight;
    }
    const length = Math.sqrt(squares) || 1;
    for (let at = 0; at < count; at += 1) values[at] = (values[at] ?? 0) / length;
    return { ids: ids.subarray(0, count), values: values.subarray(0, count) };
  }
  return { encode, size: known.size };
}
