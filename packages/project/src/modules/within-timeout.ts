import type { FlowerPowerError } from '@flowerpower/core';

/** The longest time that a timer of Node takes. */
const longestMs = 2 ** 31 - 1;

/** Waits for work no longer than some milliseconds. What is given up is not waited for, and cannot be stopped. */
export async function withinTimeout<T>(
  work: Promise<T>,
  timeoutMs: number | undefined,
  timeoutError: () => FlowerPowerError,
): Promise<T> {
  if (timeoutMs === undefined || timeoutMs > longestMs) return work;
  let timer: NodeJS.Timeout | undefined;
  const over = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(timeoutError()), timeoutMs);
  });
  try {
    return await Promise.race([work, over]);
  } finally {
    clearTimeout(timer);
  }
}
