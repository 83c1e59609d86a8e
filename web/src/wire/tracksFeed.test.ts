import { describe, expect, it } from "vitest";
import { type DecodedSegments, decodeSegments } from "./trackBytes";
import { refusalOf, TrackAnswer, type TrackPart } from "./tracksFeed";
import { encodeTrack, fix, framed } from "./trackTesting";

/** Gives its answers in the order the test wants. */
function slowDecoder() {
  const open: (() => void)[] = [];
  return {
    open,
    decode: (bytes: Uint8Array) =>
      new Promise<DecodedSegments>((resolve, reject) => {
        open.push(() => {
          try {
            resolve(decodeSegments(bytes));
          } catch (error) {
            reject(error);
          }
        });
      }),
    dispose() {},
  };
}

function answered() {
  const decoder = slowDecoder();
  const parts: TrackPart[] = [];
  const failures: [number, string][] = [];
  const answer = new TrackAnswer(decoder, {
    part: (part) => parts.push(part),
    failed: (status, reason) => failures.push([status, reason]),
  });
  return { decoder, parts, failures, answer };
}

const chunk = (at: number) => ({ segments: framed(encodeTrack(1, [fix(at)])), sentUntil: BigInt(at) });
const settled = () => new Promise((resolve) => setTimeout(resolve, 0));

describe("an answer of tracks", () => {
  it("is told in the order sent, however long decoding takes, and its end last", async () => {
    const { decoder, parts, failures, answer } = answered();
    answer.take(chunk(1000));
    answer.take(chunk(2000));
    answer.take({ sentUntil: 3000, end: { complete: 3000n, workers: 1, fixes: 2n, outside: 0, unreadable: 0 } });
    answer.complete();
    for (const open of decoder.open.toReversed()) open();
    await settled();
    expect(parts.map((part) => part.sentUntil)).toEqual([1000, 2000, 3000]);
    expect(parts[2].end).toEqual({ complete: 3000, workers: 1, fixes: 2, outside: 0, unreadable: 0 });
    expect(failures).toEqual([]);
  });

  it("that ends without its last chunk, or is damaged, has failed after what came", async () => {
    const early = answered();
    early.answer.take(chunk(1000));
    early.answer.complete();
    for (const open of early.decoder.open) open();
    await settled();
    expect([early.parts.length, early.failures]).toEqual([1, [[0, "The answer ended early."]]]);
    const damaged = answered();
    damaged.answer.take({ segments: Uint8Array.of(9, 0, 0, 0, 1), sentUntil: 1 });
    for (const open of damaged.decoder.open) open();
    await settled();
    expect(damaged.failures).toEqual([[0, "A segment is cut off."]]);
  });

  it("that was stopped tells nothing more", async () => {
    const { decoder, parts, failures, answer } = answered();
    answer.take(chunk(1000));
    answer.stop();
    answer.fail(0, "gone");
    for (const open of decoder.open) open();
    await settled();
    expect([parts, failures]).toEqual([[], []]);
  });

  it.each([
    ["An unexpected error… HubException: 428 A reason is needed.", [428, "A reason is needed.", null]],
    [
      "An unexpected error… HubException: 403 out-of-scope: There is no such worker: ask.",
      [403, "There is no such worker: ask.", "out-of-scope"],
    ],
    [
      "Error: Failed to complete negotiation… Status code '401'",
      [401, "Error: Failed to complete negotiation… Status code '401'", null],
    ],
    [
      "Invocation canceled due to the underlying connection being closed.",
      [0, "Invocation canceled due to the underlying connection being closed.", null],
    ],
  ])("that was refused has the number and the reason: %s", (message, expected) => {
    expect(refusalOf(message)).toEqual(expected);
  });
});
