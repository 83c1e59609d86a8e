import { describe, expect, it } from "vitest";
import { faultText } from "./faultText";

describe("what is wrong with a policy", () => {
  it("is said in Chinese with its numbers", () => {
    expect(faultText("must have weights that make 100, and they make 80", "zh-CN")).toBe("权重合计应为 100，现在是 80");
    expect(faultText("must be a whole number from 1 to 86400", "zh-CN")).toBe("应为 1 至 86400 的整数");
  });
  it("stays English in English, and where it is new", () => {
    expect(faultText("must be an object", "en")).toBe("must be an object");
    expect(faultText("must be blue", "zh-CN")).toBe("must be blue");
  });
});
