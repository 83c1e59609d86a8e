/** Whom or what day each half of the page shows. */
export interface Sides {
  left: ReadonlySet<number>;
  right: ReadonlySet<number>;
}

/**
 * Two days stand beside each other by day, several people as the first chosen one and the others; null where there is nothing to compare.
 * @param people in the order of their lanes
 */
export function sidesOf(
  people: readonly { row: number; set: number; code: string }[],
  first: string | null,
): Sides | null {
  const isTwoDays = people.some((who) => who.set === 1);
  const isRight = (who: { set: number; code: string }): boolean => (isTwoDays ? who.set === 1 : who.code !== first);
  const rows = (right: boolean) => new Set(people.filter((who) => isRight(who) === right).map((who) => who.row));
  const [left, right] = [rows(false), rows(true)];
  return left.size + right.size > 1 ? { left, right } : null;
}

/** What can stand beside each other at all: two days, or two people. */
export const canCompare = (plan: { area: string | null; workers: readonly string[]; shift: number } | null): boolean =>
  plan !== null && plan.area === null && (plan.shift !== 0 || plan.workers.length > 1);
