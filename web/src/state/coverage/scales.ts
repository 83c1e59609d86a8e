import { Code, type CoveragePicture, FIRST_VALUE, type Measure, measuredOf, NEVER } from "../../wire/coverageBytes";
import type { Style } from "../dayNight";

/** One step of a scale: from this value on, up to the next step's; `never`: not visited as far as was looked back. */
export interface Step {
  from: number;
  /** Exclusive; null: open, or the one value of `never`. */
  to: number | null;
  never?: boolean;
}

/** Steps by measure, in days, visits a week, seconds, days over the target. */
export const STEPS: Record<Measure, readonly Step[]> = {
  age: [...steps([0, 1, 2, 4, 8, 15, 31]), { from: NEVER, to: null, never: true }],
  visits: steps([0, 0.1, 1, 2, 4, 7, 14]),
  dwell: steps([0, 1, 60, 300, 900, 3600, 14_400]),
  blind: [...steps([0, 1, 4, 8, 15]), { from: NEVER, to: null, never: true }],
};

function steps(from: readonly number[]): Step[] {
  return from.map((value, n) => ({ from: value, to: from[n + 1] ?? null }));
}

/**
 * Colours of the steps on dark ground, from the darkest: what stands out is what asks for a look. All grow in lightness along blue to ochre or
 * blue to green, which those see who do not tell red from green; red is left to alarms, and
 * ground that nobody visits, which may be most of it, does not outshine everything. On light ground they stand the other way round.
 */
const NIGHT: Record<Measure, readonly string[]> = {
  age: ["#112e54", "#333a53", "#4b4653", "#605351", "#74614f", "#886e4d", "#9c7c49", "#b08b45"],
  visits: ["#2a2f3a", "#3b3b76", "#335f8d", "#24808e", "#22a287", "#6ccd5a", "#d8e219"],
  dwell: ["#2a2f3a", "#33386b", "#35588f", "#347a98", "#38a0a0", "#63c8a6", "#c8efd6"],
  blind: ["#202d40", "#564f4a", "#705f4a", "#89714a", "#a38349", "#bd9547"],
};
const DAY: Record<Measure, readonly string[]> = {
  age: ["#f2efd7", "#dadbce", "#c3c8c6", "#acb6be", "#95a3b5", "#7d92ad", "#6580a4", "#4a6f9b"],
  visits: ["#ffffff", "#d4e6a3", "#9fd28a", "#5bb383", "#2b8f86", "#2a668a", "#37316f"],
  dwell: ["#ffffff", "#c9e8d3", "#92cdb6", "#55a9a5", "#357f98", "#33568a", "#2f2f63"],
  blind: ["#f1f1e7", "#cfc6a9", "#b1b0a5", "#9299a1", "#72849d", "#4e6f98"],
};

export const colorsOf = (measure: Measure, style: Style): readonly string[] => (style === "day" ? DAY : NIGHT)[measure];

/** Hatched over the ground; in no scale. */
export const noDataColor = (style: Style): string => (style === "day" ? "#8d949c" : "#6b7480");

/** Of what a shader reads for a square: 0 nothing, 1 not patrolled, 2 no data, 3 and above a step. */
export const MOST_CLASSES = 12;
export const FIRST_STEP = 3;

/** The step a value belongs to. */
export function stepOf(measure: Measure, value: number): number {
  const of = STEPS[measure];
  let n = 0;
  while (n + 1 < of.length && value >= of[n + 1].from) n++;
  return n;
}

/** A square's class for the map; counted in `into` when given. */
export function classesOf(picture: CoveragePicture, into?: Uint32Array): Uint8Array {
  const { codes, measure } = picture;
  // A few hundred codes at most are in use: each is looked up once.
  const known = new Map<number, number>();
  const classes = new Uint8Array(codes.length);
  for (let at = 0; at < codes.length; at++) {
    const code = codes[at];
    let found = known.get(code);
    if (found === undefined) {
      found = code < FIRST_VALUE ? code : FIRST_STEP + stepOf(measure, measuredOf(picture, code));
      known.set(code, found);
    }
    classes[at] = found;
    if (into) into[found]++;
  }
  return classes;
}

/** How many squares each class has, by class. */
export interface Counts {
  steps: number[];
  noData: number;
  notPatrolled: number;
  patrollable: number;
}

export function countsOf(measure: Measure, counted: Uint32Array): Counts {
  const each = STEPS[measure].map((_, n) => counted[FIRST_STEP + n]);
  const noData = counted[Code.noData];
  return {
    steps: each,
    noData,
    notPatrolled: counted[Code.notPatrolled],
    patrollable: each.reduce((sum, n) => sum + n, noData),
  };
}
