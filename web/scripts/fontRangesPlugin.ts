import type { Plugin } from "vite";
import { packRanges } from "../src/fontRanges.ts";

/** Which characters each file of the font draws: 30 KB gzipped as the package writes it, 11 KB as src/fonts.ts takes it. */
export const fontRanges: Plugin = {
  name: "font-ranges",
  enforce: "pre",
  transform: {
    filter: { id: /noto-sans-sc\/unicode\.json$/ },
    handler(code) {
      const subsets = Object.entries(JSON.parse(code) as Record<string, string>);
      const packed = Object.fromEntries(subsets.map(([name, css]) => [name, packRanges(css)]));
      return { code: JSON.stringify(packed), map: null };
    },
  },
};
