import unicode from "@fontsource-variable/noto-sans-sc/unicode.json";

/** Name used in `text-font`. */
export const LABEL_FONT = "Noto Sans SC";

const files = import.meta.glob<string>(
  "../../node_modules/@fontsource-variable/noto-sans-sc/files/noto-sans-sc-*-wght-normal.woff2",
  { query: "?url", import: "default", eager: true },
);

/**
 * The shipped font as MapLibre's `font-faces`: a hundred subset files, each fetched when a label first needs one of its
 * characters. So labels need no glyph server. The smallest subsets with the commonest characters carry the highest numbers.
 */
export function fontFaces(): Record<string, { url: string; "unicode-range": string[] }[]> {
  const faces = Object.entries(unicode).map(([subset, ranges]) => {
    const name = subset.replace(/[[\]]/g, "");
    const file = Object.keys(files).find((path) => path.endsWith(`/noto-sans-sc-${name}-wght-normal.woff2`));
    return file ? { url: new URL(files[file], location.href).href, "unicode-range": ranges.split(",") } : null;
  });
  return { [LABEL_FONT]: faces.filter((face) => face !== null) };
}
