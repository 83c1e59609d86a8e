/** A made-up district for developing the page without the server: areas as nested rectangles, workers walking its streets. */

const WEST = 112.5;
const SOUTH = 37.8;
const EAST = 112.66;
const NORTH = 37.91;
const SUBDISTRICTS = ["柳巷街道", "文庙街道", "庙前街道", "迎泽街道", "桥东街道", "老军营街道", "郝庄镇"];
const SUBDISTRICTS_EN = ["Liuxiang", "Wenmiao", "Miaoqian", "Yingze", "Qiaodong", "Laojunying", "Haozhuang"];
const COMMUNITIES = [
  "南内环",
  "青年路",
  "双塔",
  "桃园",
  "康乐",
  "海边街",
  "开化寺",
  "并州",
  "五一路",
  "菜园",
  "水西关",
  "狄村",
];
const COLUMNS = [4, 3];

let seed = 7;
export const random = () => {
  seed = (seed * 16807) % 2147483647;
  return seed / 2147483647;
};

const ring = ([w, s, e, n]) => [
  [w, s],
  [e, s],
  [e, n],
  [w, n],
  [w, s],
];

function cut([w, s, e, n], columns, rows) {
  const boxes = [];
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const x = (at) => w + ((e - w) * at) / columns;
      const y = (at) => n - ((n - s) * at) / rows;
      boxes.push([x(column), y(row + 1), x(column + 1), y(row)]);
    }
  }
  return boxes;
}

export function makeAreas() {
  const areas = [];
  const add = (code, name, nameEn, kind, parent, box) => {
    areas.push({
      id: areas.length + 1,
      code,
      name,
      nameEn,
      kind,
      gridType: kind === "grid" ? "ordinary" : null,
      parent,
      bounds: box,
      center: [(box[0] + box[2]) / 2, (box[1] + box[3]) / 2],
      geometry: { type: "Polygon", coordinates: [ring(box)] },
    });
    return code;
  };
  const root = add("140106", "迎泽区", "Yingze District", "district", null, [WEST, SOUTH, EAST, NORTH]);
  const middle = (SOUTH + NORTH) / 2;
  const boxes = [
    ...cut([WEST, middle, EAST, NORTH], COLUMNS[0], 1),
    ...cut([WEST, SOUTH, EAST, middle], COLUMNS[1], 1),
  ];
  boxes.forEach((box, i) => {
    const code = `140106${String(i + 1).padStart(3, "0")}`;
    add(code, SUBDISTRICTS[i], `${SUBDISTRICTS_EN[i]} Subdistrict`, "subdistrict", root, box);
    cut(box, 4, 4).forEach((inner, j) => {
      const community = `${code}${String(j + 1).padStart(3, "0")}`;
      const name = `${COMMUNITIES[(i * 5 + j) % COMMUNITIES.length]}${j < 12 ? "" : "二"}社区`;
      add(community, name, null, "community", code, inner);
      cut(inner, 3, 2).forEach((grid, k) => {
        add(
          `${community}-${String(k + 1).padStart(2, "0")}`,
          `第${k + 1}网格`,
          `Grid ${k + 1}`,
          "grid",
          community,
          grid,
        );
      });
    });
  });
  return areas;
}

const ROLES = ["gridWorker", "gridWorker", "gridWorker", "auxiliary", "auxiliary", "gridLeader", "reserve"];
const SURNAMES = "王李张刘陈杨赵黄周吴";
const GIVEN = "建国秀英志强丽华晓明桂兰文静海燕永红春梅";

export function makeWorkers(count, areas) {
  const grids = areas.filter((area) => area.kind === "grid");
  return Array.from({ length: count }, (_, i) => {
    const home = grids[Math.floor(random() * grids.length)];
    const vertical = random() < 0.5;
    const [w, s, e, n] = home.bounds;
    const snap = (value, step) => Math.round(value / step) * step;
    const x = w + random() * (e - w);
    const y = s + random() * (n - s);
    const dice = random();
    return {
      id: i + 1,
      code: `W${String(i + 1).padStart(5, "0")}`,
      name: SURNAMES[i % 10] + GIVEN.slice((i * 2) % 20, ((i * 2) % 20) + 2),
      role: ROLES[Math.floor(random() * ROLES.length)],
      area: home.code,
      lon: vertical ? snap(x, 0.0045) : x,
      lat: vertical ? y : snap(y, 0.0038),
      vertical,
      sense: random() < 0.5 ? 1 : -1,
      presence: dice < 0.35 ? 5 : dice < 0.94 ? 4 : dice < 0.98 ? 3 : 2,
      ageSeconds:
        dice < 0.94
          ? Math.floor(random() * 8)
          : dice < 0.98
            ? 60 + Math.floor(random() * 200)
            : 900 + Math.floor(random() * 3000),
    };
  });
}

/** One second of walking at 1.2 to 4 m/s; a few stop, a few start. Returns those whose record changed. */
export function step(workers) {
  const changed = [];
  for (const worker of workers) {
    if (worker.presence < 4) {
      worker.ageSeconds++;
      continue;
    }
    if (random() < 0.01) {
      worker.presence = worker.presence === 5 ? 4 : 5;
      changed.push(worker);
    }
    worker.ageSeconds = (worker.ageSeconds + 1) % 6;
    if (worker.presence !== 5 || worker.ageSeconds !== 0) continue;
    if (random() < 0.03) worker.sense = -worker.sense;
    const meters = (1.2 + (worker.id % 5) * 0.7) * 6 * worker.sense;
    if (worker.vertical) worker.lat += meters / 111_000;
    else worker.lon += meters / 88_000;
    changed.push(worker);
  }
  return changed;
}

export const headingOf = (worker) => (worker.vertical ? (worker.sense > 0 ? 0 : 128) : worker.sense > 0 ? 64 : 192);
