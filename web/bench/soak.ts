import { SignalRFeed } from "./fakeFeed";
import { CENTER, World } from "./world";

declare global {
  interface Window {
    /** Pushes so many frames into the page, many for each drawn picture, fewer when `until` (ms since 1970) comes first. */
    soak?: (frames: number, until: number) => Promise<{ made: number; pictures: number }>;
  }
}

const WORKERS = 3605;
const FRAMES_A_PICTURE = 100;
/** A tick moves those who reported in it: a quarter second of phones that report every five. */
const EVERY = 20;

const areas = [0, 1, 2, 3, 4, 5, 6, 7].map((n) => ({
  id: n + 1,
  code: n === 0 ? "140106" : `14010600${n}`,
  name: n === 0 ? "迎泽区" : `街道${n}`,
  nameEn: n === 0 ? "Yingze" : `Subdistrict ${n}`,
  kind: n === 0 ? "district" : "subdistrict",
  gridType: null,
  parent: n === 0 ? null : "140106",
  bounds: [CENTER[0] - 0.05, CENTER[1] - 0.05, CENTER[0] + 0.05, CENTER[1] + 0.05],
  center: CENTER,
  geometry: null,
}));
const answers: Record<string, unknown> = {
  "/api/session": {
    user: "wall",
    role: "wall",
    area: "140106",
    areaName: "迎泽区",
    token: null,
    csrf: "x",
    expiresAt: "2099-01-01T00:00:00Z",
    demo: true,
    kiosk: null,
    timeZone: "Asia/Shanghai",
  },
  "/api/areas": { items: areas, next: null },
  "/api/basemaps": [],
};
const fetchFiles = window.fetch.bind(window);
window.fetch = async (input, init) => {
  const url = new URL(input instanceof Request ? input.url : input, location.href);
  if (!url.pathname.startsWith("/api/")) return fetchFiles(input, init);
  const answer = answers[url.pathname];
  return answer === undefined ? new Response("{}", { status: 404 }) : Response.json(answer);
};

const world = new World(WORKERS);
const counts = (): Uint8Array => {
  const bytes = new Uint8Array(areas.length * 24);
  const view = new DataView(bytes.buffer);
  areas.forEach(({ id }, n) => {
    [id, WORKERS, 1200, WORKERS - 1300 - n, 60, 40].forEach((value, i) => {
      view.setUint32(n * 24 + i * 4, value, true);
    });
  });
  return bytes;
};
let pushed = 0;
const push = (): void => {
  const frame = world.frame(pushed === 0 ? 1 : EVERY, Date.now());
  if (pushed++ === 0) {
    frame.names = Array.from({ length: WORKERS }, (_, n) => ({
      slot: n + 1,
      worker: `YZ${n + 1}`,
      name: `网格员${n + 1}`,
      role: "gridWorker",
      area: "140106001",
    }));
  }
  if (pushed % 4 === 1) frame.counts = counts();
  SignalRFeed.push?.(frame);
};

window.soak = async (frames, until) => {
  let pictures = 0;
  let made = 0;
  for (; made < frames && Date.now() < until; made++) {
    push();
    if (made % FRAMES_A_PICTURE === 0) {
      await new Promise((resolve) => requestAnimationFrame(resolve));
      pictures++;
    }
  }
  return { made, pictures };
};

await import("../src/main");
