/**
 * What a first view of the wall weighs, gzipped, without fonts and basemap: what the page's entry, the wall and the map's worker
 * import at once. What is fetched later (pinyin, the desk's pages) is listed beside. Fails above the limit. `npm run build` first.
 */
import { readdirSync, readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";

const LIMIT_KB = 600;
/** Chunks that the page asks for by itself on the way to the first picture. */
const FIRST = [/^WallPage-/, /^maplibre-gl-worker-/];
const root = new URL("../../src/CommandCenter/wwwroot/", import.meta.url);
const assets = new URL("assets/", root);
const names = readdirSync(assets).filter((name) => /\.(js|css)$/.test(name));
const text = (name) => readFileSync(new URL(name, assets), "utf8");

const first = new Set();
const add = (name) => {
  if (first.has(name) || !names.includes(name)) return;
  first.add(name);
  if (!name.endsWith(".js")) return;
  for (const [, next] of text(name).matchAll(/(?:from|import)\s*"\.\/([^"]+)"/g)) add(next);
};
for (const [, name] of readFileSync(new URL("index.html", root), "utf8").matchAll(/assets\/([^"]+\.(?:js|css))"/g))
  add(name);
for (const name of names) if (FIRST.some((pattern) => pattern.test(name))) add(name);

let total = 0;
for (const name of names) {
  const kb = gzipSync(readFileSync(new URL(name, assets))).length / 1024;
  if (first.has(name)) total += kb;
  console.log(`${kb.toFixed(1).padStart(8)} KB ${first.has(name) ? "*" : " "} ${name}`);
}
console.log(`${total.toFixed(1).padStart(8)} KB * first view, of ${LIMIT_KB} KB`);
if (total > LIMIT_KB) process.exitCode = 1;
