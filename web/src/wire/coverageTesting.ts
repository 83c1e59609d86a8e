import { type CoveragePicture, MEASURES } from "./coverageBytes";

/** Bytes of a picture as the server writes them, for tests. */
export function encodeCoverage(picture: CoveragePicture): Uint8Array {
  const bytes: number[] = [...new TextEncoder().encode("CCC1")];
  const varint = (n: number) => {
    for (; n > 127; n = Math.floor(n / 128)) bytes.push((n % 128) | 0x80);
    bytes.push(n);
  };
  const zigzag = (n: number) => varint(n < 0 ? -n * 2 - 1 : n * 2);
  const { nodes, columns, rows, codes } = picture;
  for (const n of [picture.size, MEASURES.indexOf(picture.measure), picture.unit, picture.epsg]) varint(n);
  zigzag(picture.column);
  zigzag(picture.row);
  for (const n of [columns, rows, picture.days, picture.reckoned]) varint(n);
  if (columns === 0 || rows === 0) return Uint8Array.from(bytes);
  varint(nodes.step);
  const at = (values: Float64Array, i: number) => Math.round(values[i] * 1e7);
  for (let j = 0; j < nodes.up; j++) {
    for (let i = 0; i < nodes.across; i++) {
      const here = j * nodes.across + i;
      const before = i > 0 ? here - 1 : j > 0 ? here - nodes.across : -1;
      for (const values of [nodes.longitudes, nodes.latitudes])
        zigzag(at(values, here) - (before < 0 ? 0 : at(values, before)));
    }
  }
  for (let row = 0; row < rows; row++) {
    for (let from = 0; from < columns; ) {
      const code = codes[row * columns + from];
      let to = from + 1;
      while (to < columns && codes[row * columns + to] === code) to++;
      varint(code * 2 + (to - from > 1 ? 1 : 0));
      if (to - from > 1) varint(to - from - 2);
      from = to;
    }
  }
  return Uint8Array.from(bytes);
}

/** A picture of so many squares of 25 m, two nodes a side, whose codes are given row by row from the south. */
export function pictureOf(columns: number, rows: number, codes: readonly number[]): CoveragePicture {
  const [west, south, wide, high] = [112.5, 37.8, columns * 0.000284, rows * 0.000225];
  return {
    size: 25,
    measure: "age",
    unit: 1,
    epsg: 4547,
    column: 17_000,
    row: -5,
    columns,
    rows,
    days: 7,
    reckoned: 6,
    nodes: {
      step: Math.max(columns, rows),
      across: 2,
      up: 2,
      longitudes: Float64Array.of(west, west + wide, west + 0.00001, west + wide + 0.00001),
      latitudes: Float64Array.of(south, south - 0.00001, south + high, south + high - 0.00001),
    },
    codes: Uint16Array.from(codes),
  };
}
