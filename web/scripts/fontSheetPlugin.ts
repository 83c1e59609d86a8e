import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Plugin } from "vite";

/**
 * Writes fonts.css, by a name that stays: the shipped font for pages that the server writes itself, such as a report to print. The wall's own pages make the font known by src/fonts.ts.
 */
export const fontSheet: Plugin = {
  name: "font-sheet",
  apply: "build",
  generateBundle(_, bundle) {
    const path = createRequire(import.meta.url).resolve("@fontsource-variable/noto-sans-sc/unicode.json");
    const ranges = JSON.parse(readFileSync(path, "utf8")) as Record<string, string>;
    const faces = Object.entries(ranges).flatMap(([subset, css]) => {
      const name = `noto-sans-sc-${subset.replace(/[[\]]/g, "")}-wght-normal-`;
      const file = Object.keys(bundle).find((asset) => asset.startsWith(`assets/${name}`));
      return file
        ? [
            `@font-face{font-family:"Noto Sans SC Variable";font-weight:100 900;src:url("/${file}") format("woff2");unicode-range:${css}}`,
          ]
        : [];
    });
    if (faces.length === 0) this.error("fonts.css: none of the font's files are in the build");
    this.emitFile({ type: "asset", fileName: "fonts.css", source: faces.join("\n") });
  },
};
