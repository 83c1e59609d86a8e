/**
 * Measures the wall's page in chromium: `node run.mjs [markers] [decode] [soak] [--frames N] [--rounds N]`, all without arguments.
 * Times are of the main thread (CDP's TaskDuration), contenders take turns in one run; compare ratios, not figures of different machines.
 */
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";
import { build, preview } from "vite";

const args = process.argv.slice(2);
const option = (name, usual) => (args.includes(name) ? Number(args[args.indexOf(name) + 1]) : usual);
const wanted = ["markers", "decode", "soak"].filter((name) => args.includes(name));
const parts = wanted.length > 0 ? wanted : ["markers", "decode", "soak"];
const configFile = fileURLToPath(new URL("vite.config.ts", import.meta.url));
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

async function open(path) {
  const page = await browser.newPage({ viewport: { width: 1280, height: 720 } });
  page.on("pageerror", (error) => console.error(`${path}: ${error}`));
  await page.goto(`${origin}/${path}`);
  const cdp = await page.context().newCDPSession(page);
  await cdp.send("Performance.enable");
  return { page, cdp };
}

async function busySeconds(cdp) {
  const { metrics } = await cdp.send("Performance.getMetrics");
  return metrics.find(({ name }) => name === "TaskDuration").value;
}

const median = (values) => values.sort((a, b) => a - b)[values.length >> 1];

async function markers() {
  const rounds = option("--rounds", 3);
  for (const [count, updates] of [
    [10_000, 12],
    [100_000, 4],
  ]) {
    const times = { ours: [], setData: [], leaflet: [] };
    for (let round = 0; round < rounds; round++) {
      for (const contender of Object.keys(times)) {
        const { page, cdp } = await open(`markers.html?contender=${contender}&count=${count}`);
        await page.waitForFunction(() => window.run !== undefined);
        await page.evaluate(() => window.run?.(3)); // warm: first uploads, compiled code
        const before = await busySeconds(cdp);
        const shown = await page.evaluate((n) => window.run?.(n), updates);
        times[contender].push(((await busySeconds(cdp)) - before) * (1000 / updates));
        console.error(`  ${contender} ${count}: ${times[contender].at(-1).toFixed(1)} ms`);
        if (shown !== count) throw new Error(`${contender} shows ${shown} of ${count}`);
        await page.close();
      }
    }
    const ours = median(times.ours);
    for (const [contender, all] of Object.entries(times)) {
      const ms = median(all);
      console.log(
        `markers ${count} ${contender.padEnd(8)} ${ms.toFixed(2).padStart(9)} ms of main thread an update, ${(ms / ours).toFixed(1)} × ours`,
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
  const step = Math.ceil(frames / 8);
  let first = null;
  let last = null;
  for (let part = 1; part <= 8; part++) {
    const pictures = await page.evaluate((n) => window.soak?.(n), step);
    last = await look();
    first ??= last;
    console.log(
      `soak ${part * step} frames (${pictures} pictures): heap ${last.mb.toFixed(2)} MB, ${last.nodes} nodes, ${last.jsEventListeners} listeners`,
    );
  }
  console.log(`soak: heap ${((last.mb / first.mb - 1) * 100).toFixed(1)} % over the first eighth`);
  await page.close();
}

try {
  for (const part of parts) await { markers, decode, soak }[part]();
} finally {
  await browser.close();
  await server.close();
}
