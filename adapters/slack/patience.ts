/** Waits for an outcome as long as Slack waits for us. */

/** Slack gives three seconds for everything; storing and the way take their part of them. */
const PATIENCE_MS = 1_500;

/** Null when it takes longer. */
export async function inTime<T>(outcome: Promise<T>): Promise<T | null> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<null>((resolve) => {
    timer = setTimeout(() => resolve(null), PATIENCE_MS);
  });
  try {
    return await Promise.race([outcome, late]);
  } finally {
    clearTimeout(timer);
  }
}
