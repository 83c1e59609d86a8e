/**
 * Measures the wall's page in chromium: `node run.mjs [markers] [decode] [soak] [decode-tracks] [playback] [--frames N] [--rounds N]`, all
 * without arguments.
 * Main thread times are processor time (CDP's TaskDuration in thread ticks, without DevTools' own part): neither waiting nor the machine's
 * other work counts. Drawing times are by the clock. Contenders take turns in one run; compare ratios, not figures of different machines.
 */
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";
import { build, preview } from "vite";
import { decodeTracks, playback } from "./replays.mjs";

const args = process.argv.slice(2);
const option = (name, usual) => (args.includes(name) ? Number(args[args.indexOf(name) + 1]) : usual);
const PARTS = ["markers", "decode", "soak", "decode-tracks", "playback"];
const wanted = PARTS.filter((name) => args.includes(name));
const parts = wanted.length > 0 ? wanted : PARTS;
const configFile = fileURLToPath(new URL("vite.config.ts", import.meta.url));
/** A contender that is slower than this for all its updates makes fewer. */
const MOST_MS = 20_000;
/** The soak looks at the heap so often, and ends after this time, done or not. */
const LOOKS = 8;
/** So few markers cost nothing: what is left is the map's own drawing. */
const FEW = 100;
const MOST_SOAK_MS = 8 * 60_000;
const FLAGS = [
  "--no-sandbox",
  "--use-angle=swiftshader",
  "--enable-unsafe-swiftshader",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--no-first-run",
  "--js-flags=--expose-gc",
];

await build({ configFile, logLevel: "error" });
const server = await preview({ configFile, preview: { host: "127.0.0.1", port: 0 }, logLevel: "error" });
const origin = `http://127.0.0.1:${server.httpServer.address().port}`;
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: FLAGS });

const system = await browser.newBrowserCDPSession();

async function open(path) {
  const page = await browser.newPage({ viewport: { width: 1280, height: 720 } });
  page.on("pageerror", (error) => console.error(`${path}: ${error}`));
  await page.goto(`${origin}/${path}`);
  const cdp = await page.context().newCDPSession(page);
  await cdp.send("Performance.enable", { timeDomain: "threadTicks" });
  return { page, cdp };
}

async function busyMs(cdp) {
  const { metrics } = await cdp.send("Performance.getMetrics");
  const seconds = Object.fromEntries(metrics.map(({ name, value }) => [name, value]));
  return (seconds.TaskDuration - seconds.DevToolsCommandDuration) * 1000;
}

/** Processor time of the graphics process: with software graphics, what drawing costs the machine. */
async function graphicsMs() {
  const { processInfo } = await system.send("SystemInfo.getProcessInfo");
  return processInfo.find(({ type }) => type === "GPU").cpuTime * 1000;
}

const median = (values) => values.sort((a, b) => a - b)[values.length >> 1];

/** So many updates, each drawn, or as many as the time allows; null when it allows not even one. */
async function timed({ page, cdp }, updates) {
  const before = await busyMs(cdp);
  const graphicsBefore = await graphicsMs();
  const start = performance.now();
  const run = page.evaluate(([n, ms]) => window.run?.(n, ms), [updates, MOST_MS]);
  const never = new Promise((resolve) => setTimeout(resolve, MOST_MS * 3, null).unref());
  const result = await Promise.race([run, never]);
  if (result === null) return null;
  const { made, shown } = result;
  const drawn = (performance.now() - start) / made;
  const graphics = ((await graphicsMs()) - graphicsBefore) / made;
  return { main: ((await busyMs(cdp)) - before) / made, graphics, drawn, made, shown };
}

/** Main thread of drawing the same pictures with next to nothing in them: what a contender's map costs whatever moves on it. */
async function floors(contenders) {
  const all = {};
  for (const contender of contenders) {
    const opened = await open(`markers.html?contender=${contender}&count=${FEW}`);
    await opened.page.waitForFunction(() => window.run !== undefined);
    await timed(opened, 5);
    all[contender] = (await timed(opened, 60)).main;
    await opened.page.close();
  }
  return all;
}

async function markers() {
  const rounds = option("--rounds", 3);
  const floor = await floors(["ours", "setData", "leaflet"]);
  for (const [count, updates] of [
    [10_000, 20],
    [100_000, 8],
  ]) {
    const times = { ours: [], setData: [], leaflet: [] };
    for (let round = 0; round < rounds; round++) {
      for (const [contender, all] of Object.entries(times)) {
        const opened = await open(`markers.html?contender=${contender}&count=${count}`);
        await opened.page.waitForFunction(() => window.run !== undefined);
        // First to warm up: first uploads, compiled code.
        const time = (await timed(opened, 2)) && (await timed(opened, updates));
        if (!time) {
          console.log(`markers ${count} ${contender}: not one update in ${(MOST_MS * 3) / 1000} s`);
          continue; // Its page still hangs; the browser takes it along.
        }
        all.push(time);
        const { main, graphics, drawn, made, shown } = time;
        console.error(
          `  ${contender} ${count}: ${main.toFixed(1)} ms of main thread, ${graphics.toFixed(0)} ms of graphics, ${drawn.toFixed(0)} ms by the clock, ${made} updates`,
        );
        if (shown !== count) throw new Error(`${contender} shows ${shown} of ${count}`);
        await opened.page.close();
      }
    }
    const ours = median(times.ours.map(({ main }) => main));
    const oursMoving = ours - floor.ours;
    for (const [contender, all] of Object.entries(times)) {
      if (all.length === 0) continue;
      const main = median(all.map((time) => time.main));
      const graphics = median(all.map((time) => time.graphics));
      const drawn = median(all.map((time) => time.drawn));
      console.log(
        `markers ${count} ${contender.padEnd(8)} ${main.toFixed(2).padStart(9)} ms of main thread an update, ` +
          `${(main / ours).toFixed(1)} × ours; above ${FEW} markers ${(main - floor[contender]).toFixed(2)} ms, ${((main - floor[contender]) / oursMoving).toFixed(1)} × ours; graphics process ${graphics.toFixed(0)} ms, drawn in ${drawn.toFixed(0)} ms by the clock`,
      );
    }
  }
}

async function decode() {
  const { page } = await open("decode.html");
  await page.waitForFunction(() => window.decode !== undefined);
  await page.evaluate(() => window.decode?.(10_000, 5));
  const result = await page.evaluate(() => window.decode?.(10_000, 41));
  const { records, json, apply, bytes, chars } = result;
  console.log(
    `decode 10000 moved: records ${records.toFixed(3)} ms (${bytes} bytes), JSON ${json.toFixed(3)} ms (${chars} characters), ` +
      `${(json / records).toFixed(1)} times; taken over into the page's state ${apply.toFixed(3)} ms, ${(json / apply).toFixed(1)} times`,
  );
  await page.close();
}

/** The whole page, driven with frames as fast as it draws; heap and nodes after a collection. */
async function soak() {
  const frames = option("--frames", 100_000);
  const { page, cdp } = await open("soak.html?lang=zh-CN");
  await page.waitForFunction(() => window.__wall !== undefined && window.soak !== undefined, null, { timeout: 60_000 });
  const look = async () => {
    await cdp.send("HeapProfiler.collectGarbage");
    const { usedSize } = await cdp.send("Runtime.getHeapUsage");
    const { nodes, jsEventListeners } = await cdp.send("Memory.getDOMCounters");
    return { mb: usedSize / 1048576, nodes, jsEventListeners };
  };
  const step = Math.ceil(frames / LOOKS);
  const end = Date.now() + MOST_SOAK_MS;
  let first = null;
  let last = null;
  let frame = 0;
  for (let part = 1; part <= LOOKS; part++) {
    const { made, pictures } = await page.evaluate(([n, until]) => window.soak?.(n, until), [step, end]);
    frame += made;
    last = await look();
    first ??= last;
    console.log(
      `soak ${frame} frames (${pictures} pictures): heap ${last.mb.toFixed(2)} MB, ${last.nodes} nodes, ${last.jsEventListeners} listeners`,
    );
  }
  const cut = frame < step * LOOKS ? ` (cut off: ${frame} of ${step * LOOKS} frames in the time)` : "";
  console.log(`soak: heap ${((last.mb / first.mb - 1) * 100).toFixed(1)} % over the first look${cut}`);
  await page.close();
}

const tools = { open, option, timed, median };
const runs = { markers, decode, soak, "decode-tracks": () => decodeTracks(tools), playback: () => playback(tools) };
try {
  for (const part of parts) await runs[part]();
} finally {
  await browser.close();
  await server.close();
}
