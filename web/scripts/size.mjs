/** What a first view of the wall weighs, gzipped and without fonts: fails above the limit. `npm run build` first. */
import { readdirSync, readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";

const LIMIT_KB = 600;
const assets = new URL("../../src/CommandCenter/wwwroot/assets/", import.meta.url);
const sizes = readdirSync(assets)
  .filter((name) => /\.(js|css)$/.test(name))
  .map((name) => ({ name, kb: gzipSync(readFileSync(new URL(name, assets))).length / 1024 }));
const total = sizes.reduce((sum, { kb }) => sum + kb, 0);
for (const { name, kb } of sizes) console.log(`${kb.toFixed(1).padStart(8)} KB  ${name}`);
console.log(`${total.toFixed(1).padStart(8)} KB  of ${LIMIT_KB} KB`);
if (total > LIMIT_KB) process.exitCode = 1;
