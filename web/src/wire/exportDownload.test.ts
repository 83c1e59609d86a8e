import { describe, expect, it } from "vitest";
import { downloadExport, type ExportAsk, type ExportProgress } from "./exportDownload";
import { ApiProblem } from "./rawCall";

const ask: ExportAsk = { workers: ["W-1"], from: 0, to: 3_600_000, format: "csv", clean: false };
const why = { text: "投诉", caseNumber: null };

/** Bytes 0, 1, 2 … as a body that breaks after so many, or ends. */
function body(from: number, to: number, breaksAt: number | null = null): ReadableStream<Uint8Array> {
  let at = from;
  return new ReadableStream({
    pull(controller) {
      if (breaksAt !== null && at >= breaksAt) return controller.error(new TypeError("network"));
      if (at >= to) return controller.close();
      controller.enqueue(new Uint8Array([at++ & 255]));
    },
  });
}

function answers(...list: ((headers: Headers) => Response)[]) {
  const asked: Headers[] = [];
  const told: ExportProgress[] = [];
  const waits: number[] = [];
  const controller = new AbortController();
  return {
    asked,
    told,
    waits,
    controller,
    states: () => told.map((one) => one.state).filter((state, i, all) => state !== all[i - 1]),
    run: (mostBytes = 1_000) =>
      downloadExport(ask, why, (one) => told.push(one), controller.signal, {
        fetch: async (_path, init) => {
          if (init?.signal?.aborted) throw init.signal.reason;
          const headers = new Headers(init?.headers);
          asked.push(headers);
          const next = list.shift();
          if (!next) throw new TypeError("nobody there");
          return next(headers);
        },
        wait: async (ms, signal) => {
          waits.push(ms);
          if (signal.aborted) throw signal.reason;
        },
        random: () => 0.5,
        mostBytes,
      }),
  };
}

const whole = (breaksAt: number | null = null, tag = '"a"') =>
  new Response(body(0, 10, breaksAt), { headers: { ETag: tag, "Content-Length": "10" } });
const rest = (from: number, breaksAt: number | null = null) =>
  new Response(body(from, 10, breaksAt), {
    status: 206,
    headers: { ETag: '"a"', "Content-Range": `bytes ${from}-9/10`, "X-Export-Damaged": "2" },
  });

describe("a download that breaks", () => {
  it("goes on from where it broke and says so", async () => {
    const server = answers(
      () => whole(4),
      () => rest(4, 7),
      () => rest(7),
    );
    const file = await server.run();
    expect([...new Uint8Array(await file.blob.arrayBuffer())]).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(server.asked.map((headers) => headers.get("Range"))).toEqual([null, "bytes=4-", "bytes=7-"]);
    expect(server.asked[1]?.get("If-Range")).toBe('"a"');
    expect(server.states()).toEqual(["coming", "broken", "resumed", "broken", "resumed"]);
    expect(server.told.find((one) => one.state === "resumed")?.share).toBe(0.4);
    expect(file.damaged).toBe(2);
  });

  it("begins anew and says so when the file is another one", async () => {
    const server = answers(
      () => whole(4),
      () => whole(null, '"b"'),
    );
    const file = await server.run();
    expect(file.blob.size).toBe(10);
    expect(server.states()).toEqual(["coming", "broken", "anew"]);
  });

  it("is whole when it broke after the last byte", async () => {
    const server = answers(
      () => whole(10),
      () => new Response(null, { status: 416, headers: { "Content-Range": "bytes */10" } }),
    );
    expect((await server.run()).blob.size).toBe(10);
  });

  it("waits as long as a busy server asks", async () => {
    const busy = () => new Response("{}", { status: 503, headers: { "Retry-After": "7" } });
    const server = answers(
      () => whole(4),
      busy,
      () => rest(4),
    );
    expect((await server.run()).blob.size).toBe(10);
    expect(server.waits[1]).toBe(7_000);
  });

  it("is given up in the end", async () => {
    const server = answers(() => whole(4));
    await expect(server.run()).rejects.toMatchObject({ status: 0 });
    expect(server.asked.length).toBe(9);
  });

  it("is not gone on with once it is cancelled", async () => {
    const server = answers(
      () => whole(4),
      () => rest(4),
    );
    const running = server.run();
    server.controller.abort(new DOMException("cancelled", "AbortError"));
    await expect(running).rejects.toMatchObject({ name: "AbortError" });
    expect(server.asked.length).toBeLessThanOrEqual(1);
  });
});

describe("a download", () => {
  it("is refused with what the server says, and not tried again", async () => {
    const server = answers(() => new Response('{"reason":"too-much","detail":"31 days"}', { status: 400 }));
    await expect(server.run()).rejects.toMatchObject({ status: 400, reason: "too-much" });
    expect(server.asked.length).toBe(1);
  });

  it("larger than this page holds is refused before it comes, or when it turns out", async () => {
    await expect(answers(() => whole()).run(9)).rejects.toMatchObject({ reason: "export-too-large" });
    const unknown = answers(() => new Response(body(0, 100), { headers: { ETag: '"a"' } }));
    await expect(unknown.run(9)).rejects.toBeInstanceOf(ApiProblem);
    expect(unknown.asked.length).toBe(1);
  });

  it("never says all is there by a guess of its length", async () => {
    const server = answers(() => new Response(body(0, 10), { headers: { "X-Export-Bytes": "5" } }));
    await server.run();
    expect(Math.max(...server.told.map((one) => one.share ?? 0))).toBe(0.99);
  });
});
