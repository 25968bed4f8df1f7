/** One inverted index over one kind of term, with BM25 impacts computed beforehand so that a search only adds. */

/** Postings of term t are `docs[starts[t] … starts[t + 1])` in ascending order, with their impacts beside them. */
export type View = Readonly<{
  terms: ReadonlyMap<string, number>;
  starts: Int32Array;
  docs: Int32Array;
  impacts: Float32Array;
  idf: Float32Array;
  /** Idf of a term no document holds. */
  rareIdf: number;
  /** What each document scores against itself. */
  self: Float32Array;
  averageLength: number;
}>;

const K1 = 1.2;
const B = 0.5;

const impact = (idf: number, count: number, length: number, averageLength: number): number =>
  (idf * count * (K1 + 1)) / (count + K1 * (1 - B + (B * length) / averageLength));

/** Builds the view of all documents, each given as its terms. */
export function buildView(documents: readonly (readonly string[])[]): View {
  const terms = new Map<string, number>();
  const lists: { docs: number[]; counts: number[] }[] = [];
  let total = 0;
  documents.forEach((tokens, doc) => {
    total += tokens.length;
    for (const [term, count] of counted(tokens)) {
      let at = terms.get(term);
      if (at === undefined) {
        at = lists.length;
        terms.set(term, at);
        lists.push({ docs: [], counts: [] });
      }
      lists[at]?.docs.push(doc);
      lists[at]?.counts.push(count);
    }
  });
  const averageLength = Math.max(1, total / Math.max(1, documents.length));
  const inverse = (frequency: number): number => Math.log(1 + (documents.length - frequency + 0.5) / (frequency + 0.5));
  const size = lists.reduce((sum, list) => sum + list.docs.length, 0);
  const view = {
    terms,
    starts: new Int32Array(lists.length + 1),
    docs: new Int32Array(size),
    impacts: new Float32Array(size),
    idf: new Float32Array(lists.length),
    rareIdf: inverse(0),
    self: new Float32Array(documents.length),
    averageLength,
  };
  let next = 0;
  lists.forEach((list, term) => {
    const idf = inverse(list.docs.length);
    view.idf[term] = idf;
    list.docs.forEach((doc, at) => {
      const count = list.counts[at] ?? 0;
      const weight = impact(idf, count, documents[doc]?.length ?? 0, averageLength);
      view.docs[next] = doc;
      view.impacts[next] = weight;
      view.self[doc] = (view.self[doc] ?? 0) + weight;
      next += 1;
    });
    view.starts[term + 1] = next;
  });
  return view;
}

/** A query ready for one view: the ids of its known terms, what it would score against itself, and the idf of all its terms. */
export type ViewQuery = Readonly<{ terms: readonly number[]; self: number; idf: number }>;

export function prepare(view: View, tokens: readonly string[]): ViewQuery {
  const terms: number[] = [];
  let self = 0;
  let idf = 0;
  for (const [term, count] of counted(tokens)) {
    const at = view.terms.get(term);
    const weight = at === undefined ? view.rareIdf : (view.idf[at] ?? 0);
    if (at !== undefined) terms.push(at);
    self += impact(weight, count, tokens.length, view.averageLength);
    idf += weight;
  }
  return { terms, self, idf };
}

function counted(tokens: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const token of tokens) counts.set(token, (counts.get(token) ?? 0) + 1);
  return counts;
}
