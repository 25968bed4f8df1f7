/** Waits for an outcome for so long and no longer: what somebody else owes us may never come. */

/** `late` when it takes longer; what comes of it then is nobody's any more. Rejects as the outcome does. */
export async function inTime<T, L>(outcome: Promise<T>, ms: number, late: L): Promise<T | L> {
  let timer: NodeJS.Timeout | undefined;
  const over = new Promise<L>((resolve) => {
    timer = setTimeout(resolve, ms, late);
  });
  try {
    return await Promise.race([outcome, over]);
  } finally {
    clearTimeout(timer);
  }
}
