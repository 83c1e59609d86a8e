import unicode from "@fontsource-variable/noto-sans-sc/unicode.json";
import { describe, expect, it } from "vitest";
import { packRanges, unpackRanges } from "./fontRanges";

describe("font ranges", () => {
  it("come back as they were", () => {
    for (const css of ["U+4e00", "U+4e00,U+4e02-4e05,U+ffff", "U+100-17f,U+20,U+1-3"]) {
      expect(unpackRanges(packRanges(css))).toBe(css);
    }
  });

  it("cover what the font ships, packed by the build", () => {
    const all = Object.values(unicode as Record<string, string>);
    expect(all.length).toBeGreaterThan(90);
    expect(all.every((packed) => !packed.includes("U+"))).toBe(true);
    expect(all.map(unpackRanges).some((css) => css.includes("U+4e00"))).toBe(true);
  });
});
