/**
 * From the click to the moving picture, on a running server's page: `node picture.mjs --server URL --data FOLDER [--rounds N]`: everybody's last
 * hour. The folder is the server's, whose demo.json says who may sign in; `LoadGenerator replay --data FOLDER` fills an hour. Each round is a browser
 * of its own. By the clock, drawn by software; told apart: what the wire brings, what is decoded after it, and the first pictures.
 */
import { readFileSync } from "node:fs";
import { chromium } from "playwright-core";

const args = process.argv.slice(2);
const option = (name, usual) => (args.includes(name) ? args[args.indexOf(name) + 1] : usual);
const origin = option("--server", "http://localhost:8080");
const demo = JSON.parse(readFileSync(`${option("--data", "data")}/demo.json`, "utf8"));
const { user, password, area } = demo.accounts.find(({ role }) => role === "dispatcher");
const FLAGS = [
  "--no-sandbox",
  "--use-angle=swiftshader",
  "--enable-unsafe-swiftshader",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--no-first-run",
];

/** Runs in the page before everything else: notes when bytes come and when the decoder answers. */
function listen() {
  const seen = { socket: [], bytes: 0, decoded: [], tasks: [] };
  window.seen = seen;
  const { WebSocket: Socket, Worker: Decoder } = window;
  window.WebSocket = class extends Socket {
    constructor(...given) {
      super(...given);
      this.addEventListener("message", ({ data }) => {
        seen.socket.push(performance.now());
        seen.bytes += data.byteLength ?? data.length ?? 0;
      });
    }
  };
  window.Worker = class extends Decoder {
    constructor(url, options) {
      super(url, options);
      if (String(url).includes("trackDecoder"))
        this.addEventListener("message", () => seen.decoded.push(performance.now()));
    }
  };
  new PerformanceObserver((list) => {
    for (const task of list.getEntries()) seen.tasks.push({ at: task.startTime, ms: task.duration });
  }).observe({ entryTypes: ["longtask"] });
}

/** Runs in the page: clicks, and looks at every frame until all is there and moves. */
function run() {
  return new Promise((done) => {
    const seen = window.seen;
    const clicked = performance.now();
    const bytes = seen.bytes;
    const marks = {};
    const mark = (name, holds) => {
      if (marks[name] === undefined && holds()) marks[name] = performance.now() - clicked;
    };
    let began = null;
    document.querySelector('[data-testid="reason-submit"]').click();
    const look = () => {
      const replay = window.__playback;
      mark("firstFixes", () => replay?.fixes > 0);
      mark("firstPicture", () => replay?.fixes > 0 && replay.map);
      mark("moving", () => {
        if (!replay?.map || !replay.playing || !replay.fixes) return false;
        began ??= replay.now;
        return replay.now > began;
      });
      mark("all", () => replay?.fixes > 0 && !replay.loading);
      if (marks.all !== undefined && marks.moving !== undefined) {
        const after = (times) => times.filter((at) => at > clicked).map((at) => at - clicked);
        const socket = after(seen.socket).filter((at) => at <= marks.all);
        const decoded = after(seen.decoded).filter((at) => at <= marks.all);
        const tasks = seen.tasks.filter(({ at }) => at > clicked && at - clicked <= Math.max(marks.all, marks.moving));
        done({
          ...marks,
          firstByte: socket[0],
          lastByte: socket.at(-1),
          lastDecoded: decoded.at(-1),
          bytes: seen.bytes - bytes,
          longest: Math.max(0, ...tasks.map(({ ms }) => ms)),
          fixes: replay.fixes,
          workers: replay.workers,
        });
      } else requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  });
}

for (let round = 0; round < Number(option("--rounds", "5")); round++) {
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: FLAGS });
  const context = await browser.newContext({ baseURL: origin, viewport: { width: 1280, height: 720 } });
  const page = await context.newPage();
  page.on("pageerror", (error) => console.error(String(error)));
  await page.addInitScript(listen);
  await page.goto("/");
  await page.fill("input[name=user]", user);
  await page.fill("input[name=password]", password);
  await page.click("button[type=submit]");
  await page.waitForSelector('[data-testid="wall"]');
  await page.goto("/playback");
  await page.getByTestId("by-area").click();
  await page.getByTestId(`area-${area}`).click();
  await page.getByTestId("span-lastHour").click();
  await page.getByTestId("show").click();
  await page.getByTestId("reason-text").fill("measuring");
  const f = await page.evaluate(run);
  const ms = (value) => (value === undefined ? "?" : `${value.toFixed(0)} ms`);
  console.log(
    `picture of ${f.workers} workers, ${f.fixes} fixes, ${(f.bytes / 1e6).toFixed(1)} MB: first bytes ${ms(f.firstByte)}, first fixes ${ms(f.firstFixes)}, first picture ${ms(f.firstPicture)}, ` +
      `it moves ${ms(f.moving)}; last byte ${ms(f.lastByte)}, last decoded ${ms(f.lastDecoded)}, all in the book ${ms(f.all)}; longest task of the main thread ${ms(f.longest)}`,
  );
  await browser.close();
}
