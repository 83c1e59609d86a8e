import { mercatorX, mercatorY } from "../mercator";
import type { Stage } from "./stage";
import type { AreaShape } from "./types";

/** Cells of the index along each side: a district of some hundred grids has a few candidates in a cell. */
const CELLS = 96;
/** Who moved less than this since it was last looked at is where it was; in mercator units, about 3 m in middle latitudes. */
const HELD = 6e-8;

interface Prepared {
  code: string;
  west: number;
  south: number;
  east: number;
  north: number;
  /** Rings of mercator x, y, one after another; inside is where a ray crosses an odd number of sides. */
  rings: Float64Array[];
}

/**
 * Who is inside which area, for areas that may overlap (a grid and its subdistrict). Rings are looked at only where a cell of an even
 * raster does not rule them out, and only for who has moved; a second of 3,600 workers at 60× costs a few milliseconds.
 */
export class AreaLights {
  private areas: Prepared[] = [];
  private cells: Uint16Array[] = [];
  private west = 0;
  private south = 0;
  private perX = 0;
  private perY = 0;
  /** By row: where it was looked at, and the areas it was in. */
  private x = new Float64Array(0);
  private y = new Float64Array(0);
  private inside: Uint16Array[] = [];

  setAreas(shapes: readonly AreaShape[]): void {
    this.areas = shapes.map(prepare);
    this.inside = [];
    this.cells = [];
    if (this.areas.length === 0) return;
    this.west = Math.min(...this.areas.map((a) => a.west));
    this.south = Math.min(...this.areas.map((a) => a.south));
    this.perX = CELLS / (Math.max(...this.areas.map((a) => a.east)) - this.west);
    this.perY = CELLS / (Math.max(...this.areas.map((a) => a.north)) - this.south);
    const lists: number[][] = Array.from({ length: CELLS * CELLS }, () => []);
    this.areas.forEach((area, n) => {
      const lastX = this.cellX(area.east);
      const lastY = this.cellY(area.north);
      for (let cy = this.cellY(area.south); cy <= lastY; cy++) {
        for (let cx = this.cellX(area.west); cx <= lastX; cx++) lists[cy * CELLS + cx].push(n);
      }
    });
    this.cells = lists.map((list) => Uint16Array.from(list));
  }

  /** Heads by area code among rows that are drawn. @param counts which rows are counted */
  count(stage: Stage, counts: (row: number) => boolean): Map<string, number> {
    const heads = new Uint32Array(this.areas.length);
    this.reserve(stage.rows);
    for (let row = 0; row < stage.rows; row++) {
      const place = counts(row) ? stage.place(row, 0, 0) : null;
      if (!place) continue;
      const [x, y] = place;
      const held =
        this.inside[row] !== undefined && Math.abs(x - this.x[row]) < HELD && Math.abs(y - this.y[row]) < HELD;
      if (!held) {
        this.x[row] = x;
        this.y[row] = y;
        this.inside[row] = this.areasAt(x, y);
      }
      for (const area of this.inside[row]) heads[area]++;
    }
    return new Map(this.areas.map((area, n) => [area.code, heads[n]]));
  }

  private areasAt(x: number, y: number): Uint16Array {
    const cx = Math.floor((x - this.west) * this.perX);
    const cy = Math.floor((y - this.south) * this.perY);
    const near = cx < 0 || cy < 0 || cx >= CELLS || cy >= CELLS ? undefined : this.cells[cy * CELLS + cx];
    return near ? near.filter((n) => isInside(this.areas[n], x, y)) : NOWHERE;
  }

  private cellX = (x: number): number => Math.min(CELLS - 1, Math.max(0, Math.floor((x - this.west) * this.perX)));
  private cellY = (y: number): number => Math.min(CELLS - 1, Math.max(0, Math.floor((y - this.south) * this.perY)));

  private reserve(rows: number): void {
    if (rows <= this.x.length) return;
    this.x = new Float64Array(rows * 2);
    this.y = new Float64Array(rows * 2);
    this.inside = [];
  }
}

const NOWHERE = new Uint16Array(0);

function prepare({ code, geometry }: AreaShape): Prepared {
  const polygons = geometry.type === "Polygon" ? [geometry.coordinates] : geometry.coordinates;
  const rings = polygons
    .flat()
    .map((ring) => Float64Array.from(ring.flatMap(([lon, lat]) => [mercatorX(lon), mercatorY(lat)])));
  const all = { code, west: 2, south: 2, east: -1, north: -1, rings };
  for (const ring of rings) {
    for (let i = 0; i < ring.length; i += 2) {
      all.west = Math.min(all.west, ring[i]);
      all.east = Math.max(all.east, ring[i]);
      all.south = Math.min(all.south, ring[i + 1]);
      all.north = Math.max(all.north, ring[i + 1]);
    }
  }
  return all;
}

function isInside({ rings, west, south, east, north }: Prepared, x: number, y: number): boolean {
  if (x < west || x > east || y < south || y > north) return false;
  let inside = false;
  for (const ring of rings) {
    const n = ring.length;
    for (let i = 0, j = n - 2; i < n; j = i, i += 2) {
      const above = ring[i + 1] > y;
      if (
        above !== ring[j + 1] > y &&
        x < ((ring[j] - ring[i]) * (y - ring[i + 1])) / (ring[j + 1] - ring[i + 1]) + ring[i]
      ) {
        inside = !inside;
      }
    }
  }
  return inside;
}
