import type { ScoreDetail, ScoreIndicator } from "../../wire/contracts.gen";

/** A total as one would work it out on paper. Weights are percent, points have two decimals: whole numbers of hundredths add up exactly. */
export interface Pencil {
  /** One a row of the score, in its order; null: no data. */
  products: (number | null)[];
  /** Of the products. */
  sum: number;
  /** Percent of weight that has data, and that has none. */
  covered: number;
  missing: number;
  /** Sum by covered weight, before it is rounded; null: nothing is covered. */
  quotient: number | null;
  /** Rounded to two decimals, half up; null: as above. */
  total: number | null;
}

/** Weights come as shares of 1, points in hundredths: as whole numbers they are exact. */
const WEIGHT_UNITS = 1_000_000;
const POINT_UNITS = 100;
const PERCENT = 100;

const weightOf = (one: ScoreIndicator): number => Math.round(one.weight * WEIGHT_UNITS);
const hasData = (one: ScoreIndicator): boolean => one.noData === null && one.points !== null;

export function pencilOf(score: Pick<ScoreDetail, "indicators">): Pencil {
  let [sum, covered, missing] = [0, 0, 0];
  const products = score.indicators.map((one) => {
    const weight = weightOf(one);
    if (!hasData(one)) {
      missing += weight;
      return null;
    }
    covered += weight;
    const product = Math.round((one.points ?? 0) * POINT_UNITS) * weight;
    sum += product;
    return product / POINT_UNITS / (WEIGHT_UNITS / PERCENT);
  });
  return {
    products,
    sum: sum / POINT_UNITS / (WEIGHT_UNITS / PERCENT),
    covered: covered / (WEIGHT_UNITS / PERCENT),
    missing: missing / (WEIGHT_UNITS / PERCENT),
    quotient: covered > 0 ? sum / covered / POINT_UNITS : null,
    total: covered > 0 ? Math.floor((2 * sum + covered) / (2 * covered)) / POINT_UNITS : null,
  };
}

/** Done by due, as far as its decimals go: the server sends four of them. Null: no data. */
export const ratioOf = ({ numerator, denominator, value }: ScoreIndicator): number | null =>
  value !== null && numerator !== null && denominator ? numerator / denominator : value;

/** A positive number cut off after so many decimals, and whether more follow: 0.90909… is 0.9090 that goes on, and not 0.9091. */
export function cut(value: number, digits: number): { value: number; goesOn: boolean } {
  const unit = 10 ** digits;
  const near = Math.round(value * unit) / unit;
  if (Math.abs(near - value) < 1e-9) return { value: near, goesOn: false };
  return { value: Math.floor(value * unit) / unit, goesOn: true };
}
