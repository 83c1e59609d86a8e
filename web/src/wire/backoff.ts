const FIRST_MS = 500;
const LONGEST_MS = 20_000;

/**
 * How long to wait before the n-th attempt in a row (from 0): doubling, capped, and spread over its upper half so that
 * two hundred walls do not come back in the same instant.
 * @param random from 0 to 1
 */
export function backoffMs(attempt: number, random: number): number {
  const full = Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.min(attempt, 16));
  return full / 2 + (full / 2) * random;
}
