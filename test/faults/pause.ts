/** A real wait, for parties that are processes of their own and share no clock with the test. */
export const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
