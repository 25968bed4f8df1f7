/** Runs an aggregation in memory through mingo, mended where mingo and MongoDB answer differently. */
import type { Pipeline } from '../collection';
import { StoreError } from '../collection';
import { isPlainObject } from '../value';

type Stages = Record<string, unknown>[];

type Mingo = Pick<typeof import('mingo'), 'aggregate' | 'ProcessingMode'>;

/** Stages may write into the documents they are given, so these must be copies. */
export async function runPipeline(docs: object[], pipeline: Pipeline): Promise<unknown[]> {
  // Three hundred modules that only an audit needs.
  return runWith(await import('mingo'), docs, pipeline);
}

/** The same for whoever has it loaded already. */
export function runWith({ aggregate, ProcessingMode }: Mingo, docs: object[], pipeline: Pipeline): unknown[] {
  try {
    return aggregate(docs, asMongo(pipeline), { processingMode: ProcessingMode.CLONE_OFF });
  } catch (cause) {
    throw new StoreError('unsupported', `The pipeline ${JSON.stringify(pipeline)} failed: ${String(cause)}`, { retryable: false, cause });
  }
}

/** MongoDB counts nothing as no document, mingo as a document with zero. */
function asMongo(pipeline: Pipeline): Stages {
  return pipeline.flatMap((stage): Stages => {
    const field = stage.$count;
    if (typeof field === 'string') return [{ $group: { _id: null, [field]: { $sum: 1 } } }, { $project: { _id: 0 } }];
    const branches = stage.$facet;
    if (!isPlainObject(branches)) return [{ ...stage }];
    return [{ $facet: Object.fromEntries(Object.entries(branches).map(([name, branch]) => [name, asMongo(branch as Pipeline)])) }]; // checked
  });
}
