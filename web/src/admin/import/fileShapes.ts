/** A polygon or several of a GeoJSON file, in the picture's units: x to the right, y down, the picture as wide as {@link WIDTH}. */
export interface FileShape {
  /** The feature's number from 1, by which the report speaks of it. */
  row: number;
  code: string | null;
  name: string | null;
  /** SVG path data. */
  path: string;
  box: Box;
}

export interface FilePicture {
  shapes: FileShape[];
  height: number;
  /** Features with a border beyond {@link MOST_SHAPES}, which are not drawn. */
  leftOff: number;
  /** Features so far from the others that the rest would be a dot beside them: not drawn. */
  farAway: number;
  /** Longitude and latitude to the picture's units. */
  place(longitude: number, latitude: number): [x: number, y: number];
}

export type Box = [left: number, top: number, right: number, bottom: number];
type Position = readonly [number, number];

export const WIDTH = 1000;
export const MOST_SHAPES = 5000;
const MOST_RINGS = 50;
const MOST_CORNERS = 400;
const A_FEW = 8;
const CODES = ["code", "编码", "编号", "代码"];
const NAMES = ["name", "名称"];

/** What a GeoJSON file would look like on a map; null when it holds no polygon. Nothing is judged here: the server does that. */
export function pictureOf(text: string, mostShapes = MOST_SHAPES): FilePicture | null {
  const features = (JSON.parse(text) as { features?: unknown }).features;
  if (!Array.isArray(features)) return null;
  const found: { row: number; properties: Record<string, unknown>; rings: Position[][]; box: Box }[] = [];
  let leftOff = 0;
  for (const [n, feature] of features.entries()) {
    const rings = ringsOf(feature?.geometry);
    if (rings.length === 0) continue;
    if (found.length < mostShapes)
      found.push({ row: n + 1, properties: feature.properties ?? {}, rings, box: boxOf(rings.flat()) });
    else leftOff++;
  }
  const near = withoutFarAway(found);
  if (near.length === 0) return null;

  const [west, south, east, north] = boxOf(near.flatMap(({ box }) => corners(box)));
  const squeeze = Math.cos((((south + north) / 2) * Math.PI) / 180);
  const scale = WIDTH / Math.max((east - west) * squeeze, (north - south) * 0.5, 1e-9);
  const place = (longitude: number, latitude: number): [number, number] => [
    (longitude - west) * squeeze * scale,
    (north - latitude) * scale,
  ];
  return {
    shapes: near.map(({ row, properties, rings }) => {
      const drawn = rings.map((ring) => ring.map(([longitude, latitude]) => place(longitude, latitude)));
      const box = boxOf(drawn.flat());
      const tolerance = Math.min(0.3, Math.max(box[2] - box[0], box[3] - box[1]) / 60);
      return {
        row,
        code: textOf(properties, CODES),
        name: textOf(properties, NAMES),
        path: drawn.map((ring) => pathOf(simplified(ring, tolerance))).join(""),
        box,
      };
    }),
    height: (north - south) * scale,
    leftOff,
    farAway: found.length - near.length,
    place,
  };
}

function ringsOf(geometry: unknown): Position[][] {
  const { type, coordinates } = (geometry ?? {}) as { type?: unknown; coordinates?: unknown };
  const polygons = type === "Polygon" ? [coordinates] : type === "MultiPolygon" ? coordinates : [];
  if (!Array.isArray(polygons)) return [];
  return polygons
    .flatMap((polygon) => (Array.isArray(polygon) ? polygon : []))
    .slice(0, MOST_RINGS)
    .map((ring) => (Array.isArray(ring) ? ring.filter(isPosition) : []))
    .filter((ring) => ring.length >= 3);
}

const isPosition = (at: unknown): at is Position =>
  Array.isArray(at) &&
  Number.isFinite(at[0]) &&
  Number.isFinite(at[1]) &&
  Math.abs(at[0]) <= 180 &&
  Math.abs(at[1]) <= 85;

function boxOf(positions: readonly Position[]): Box {
  const box: Box = [
    Number.POSITIVE_INFINITY,
    Number.POSITIVE_INFINITY,
    Number.NEGATIVE_INFINITY,
    Number.NEGATIVE_INFINITY,
  ];
  for (const [x, y] of positions) {
    box[0] = Math.min(box[0], x);
    box[1] = Math.min(box[1], y);
    box[2] = Math.max(box[2], x);
    box[3] = Math.max(box[3], y);
  }
  return box;
}

const corners = ([a, b, c, d]: Box): Position[] => [
  [a, b],
  [c, d],
];

/** One feature with its axes exchanged or at 0, 0 must not shrink all others. Of a few, only what is very far counts as lost. */
function withoutFarAway<T extends { box: Box }>(found: T[]): T[] {
  const limits = [0, 1].map((axis) => {
    const sorted = (of: (box: Box) => number) => found.map(({ box }) => of(box)).sort((a, b) => a - b);
    const middles = sorted((box) => (box[axis] + box[axis + 2]) / 2);
    const sizes = sorted((box) => box[axis + 2] - box[axis]);
    const at = (values: number[], share: number) => values[Math.floor(share * (values.length - 1))];
    const usual = Math.max(at(middles, 0.75) - at(middles, 0.25), at(sizes, 0.5), 1e-6);
    return { middle: at(middles, 0.5), most: usual * (found.length < A_FEW ? 200 : 10) };
  });
  return found.filter(({ box }) =>
    limits.every(({ middle, most }, axis) => Math.abs((box[axis] + box[axis + 2]) / 2 - middle) <= most),
  );
}

/** Douglas and Peucker's rule: corners nearer to the line than the tolerance go, the coarser the more there are. */
export function simplified(ring: readonly Position[], tolerance: number, most = MOST_CORNERS): Position[] {
  let kept = keptOf(ring, tolerance);
  for (let coarser = Math.max(tolerance, 0.01); kept.length > most; ) {
    coarser *= 2;
    kept = keptOf(kept, coarser);
  }
  return kept;
}

function keptOf(ring: readonly Position[], tolerance: number): Position[] {
  const keep = new Uint8Array(ring.length);
  keep[0] = keep[ring.length - 1] = 1;
  const open: [number, number][] = [[0, ring.length - 1]];
  for (let span = open.pop(); span; span = open.pop()) {
    const [from, to] = span;
    let farthest = 0;
    let at = -1;
    for (let n = from + 1; n < to; n++) {
      const distance = fromLine(ring[n], ring[from], ring[to]);
      if (distance > farthest) [farthest, at] = [distance, n];
    }
    if (at < 0 || farthest <= tolerance) continue;
    keep[at] = 1;
    open.push([from, at], [at, to]);
  }
  return ring.filter((_, n) => keep[n] === 1);
}

function fromLine([x, y]: Position, [ax, ay]: Position, [bx, by]: Position): number {
  const [dx, dy] = [bx - ax, by - ay];
  const length = dx * dx + dy * dy;
  const t = length === 0 ? 0 : Math.max(0, Math.min(1, ((x - ax) * dx + (y - ay) * dy) / length));
  return Math.hypot(x - ax - t * dx, y - ay - t * dy);
}

const pathOf = (ring: readonly Position[]): string =>
  `M${ring.map(([x, y]) => `${x.toFixed(2)} ${y.toFixed(2)}`).join("L")}Z`;

function textOf(properties: Record<string, unknown>, keys: readonly string[]): string | null {
  for (const key of keys) {
    const value = properties[key];
    if (typeof value === "string" || typeof value === "number") return String(value);
  }
  return null;
}
