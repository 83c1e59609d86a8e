import { describe, expect, it } from "vitest";
import { devicesCsv } from "./devicesCsv";

const device = { id: 1, worker: "W1", label: null, osmandId: "-abc", user: "d1", password: "p_1" };

describe("devicesCsv", () => {
  it("has a header and a row a device", () =>
    expect(devicesCsv([device])).toBe("\uFEFFworker,label,osmandId,user,password\r\nW1,,-abc,d1,p_1\r\n"));
  it("quotes what would break a row", () =>
    expect(devicesCsv([{ ...device, label: 'a "b", c' }])).toContain('"a ""b"", c"'));
  it("keeps a label from becoming a formula", () =>
    expect(devicesCsv([{ ...device, label: "=1+1" }])).toContain(",'=1+1,"));
});
