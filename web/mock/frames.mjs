import { headingOf } from "./city.mjs";

const encodeAge = (s) =>
  s < 128 ? s : s < 3600 ? 128 + Math.floor((s - 120) / 60) : Math.min(254, 188 + Math.floor((s - 3600) / 3600));

export function records(workers) {
  const bytes = new Uint8Array(workers.length * 16);
  const view = new DataView(bytes.buffer);
  workers.forEach((worker, i) => {
    const at = i * 16;
    view.setUint32(at, worker.id, true);
    view.setInt32(at + 4, Math.round(worker.lon * 1e7), true);
    view.setInt32(at + 8, Math.round(worker.lat * 1e7), true);
    view.setUint8(at + 12, headingOf(worker));
    view.setUint8(at + 13, worker.presence === 5 ? Math.round((1.2 + (worker.id % 5) * 0.7) * 4) : 0);
    view.setUint8(at + 14, worker.presence | (worker.presence === 5 ? 8 : 0));
    view.setUint8(at + 15, encodeAge(worker.ageSeconds));
  });
  return bytes;
}

export function counts(workers, areas) {
  const byCode = new Map(areas.map((area) => [area.code, { area, sums: [0, 0, 0, 0, 0] }]));
  const column = { 5: 1, 4: 2, 3: 3, 2: 4 };
  for (const worker of workers) {
    for (let at = byCode.get(worker.area); at; at = byCode.get(at.area.parent)) {
      at.sums[0]++;
      at.sums[column[worker.presence]]++;
    }
  }
  const bytes = new Uint8Array(areas.length * 24);
  const view = new DataView(bytes.buffer);
  [...byCode.values()].forEach(({ area, sums }, i) => {
    [area.id, ...sums].forEach((n, j) => {
      view.setUint32(i * 24 + j * 4, n, true);
    });
  });
  return bytes;
}
