import unicode from "@fontsource-variable/noto-sans-sc/unicode.json";
import { unpackRanges } from "./fontRanges";

const files = import.meta.glob<string>(
  "../node_modules/@fontsource-variable/noto-sans-sc/files/noto-sans-sc-*-wght-normal.woff2",
  { query: "?url", import: "default", eager: true },
);

/** One subset file of the shipped font and the characters it draws, as CSS writes them. */
export interface FontSubset {
  url: string;
  ranges: string;
}

/** Noto Sans SC in some hundred files: each is fetched when a text first needs one of its characters. */
export const fontSubsets: readonly FontSubset[] = Object.entries(unicode).flatMap(([subset, packed]) => {
  const name = subset.replace(/[[\]]/g, "");
  const path = Object.keys(files).find((file) => file.endsWith(`/noto-sans-sc-${name}-wght-normal.woff2`));
  return path ? [{ url: new URL(files[path], location.href).href, ranges: unpackRanges(packed) }] : [];
});

/** Makes the font known to the page; the package's own style sheet would ship the ranges a second time. */
export function registerFonts(): void {
  for (const { url, ranges } of fontSubsets) {
    const face = new FontFace("Noto Sans SC Variable", `url("${url}") format("woff2")`, {
      unicodeRange: ranges,
      weight: "100 900",
      display: "swap",
    });
    document.fonts.add(face);
  }
}
