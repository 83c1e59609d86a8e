import { describe, expect, it } from "vitest";
import { addressWarnings, ownTracksLink, serverOrigin, traccarLink, trackerId } from "./phoneSettings";

const device = { id: 1, worker: "W0427", label: null, osmandId: "a+b/c", user: "dxyz", password: "s3cret-_" };

describe("traccarLink", () => {
  it("is what Traccar Client splits into server and settings", () => {
    const link = new URL(traccarLink("https://center.example", device, 10));
    expect(link.origin + link.pathname).toBe("https://center.example/osmand");
    expect(link.searchParams.get("id")).toBe("a+b/c");
    expect(link.searchParams.get("interval")).toBe("10");
  });
});

describe("ownTracksLink", () => {
  it("carries a configuration for HTTP mode with the device's own credentials", () => {
    const inline = new URL(ownTracksLink("https://center.example", device, 10)).searchParams.get("inline") ?? "";
    expect(JSON.parse(atob(inline))).toMatchObject({
      _type: "configuration",
      mode: 3,
      url: "https://center.example/owntracks",
      auth: true,
      username: "dxyz",
      password: "s3cret-_",
      tid: "27",
    });
  });
  it("shows the last two characters of the worker's code", () => expect(trackerId("7")).toBe("07"));
});

describe("the server's address", () => {
  it.each(["http://localhost:8080", "https://127.0.0.1", "http://[::1]:8080"])(
    "%s is out of a phone's reach",
    (origin) => expect(addressWarnings(origin)).toContain("local"),
  );
  it("is not private over plain HTTP", () => expect(addressWarnings("http://10.0.0.5:8080")).toEqual(["plain"]));
  it("has nothing against a real name over HTTPS", () => expect(addressWarnings("https://center.example")).toEqual([]));
  it("is cut down to its origin", () =>
    expect(serverOrigin(" https://center.example/admin ")).toBe("https://center.example"));
  it.each(["center.example", "ftp://center.example", ""])("refuses “%s”", (typed) =>
    expect(serverOrigin(typed)).toBeNull(),
  );
});
