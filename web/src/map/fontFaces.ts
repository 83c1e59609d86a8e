import { fontSubsets } from "../fonts";

/** Name used in `text-font`. */
export const LABEL_FONT = "Noto Sans SC";

/** The shipped font as MapLibre's `font-faces`, so that labels need no glyph server. */
export function fontFaces(): Record<string, { url: string; "unicode-range": string[] }[]> {
  return { [LABEL_FONT]: fontSubsets.map(({ url, ranges }) => ({ url, "unicode-range": ranges.split(",") })) };
}
