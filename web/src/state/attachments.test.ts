import { expect, it } from "vitest";
import type { AlarmEntry } from "../wire/contracts.gen";
import { attachmentsOf, isPicture, refusalOfFile, sizeText } from "./attachments";

const limits = { bytes: 10 * 1_048_576, count: 20 };

it("says before sending what the server would refuse", () => {
  const of = (size: number, type: string, taken = 0) => refusalOfFile({ size, type }, taken, limits);
  expect(of(limits.bytes, "image/jpeg")).toBeNull();
  expect(of(limits.bytes + 1, "image/jpeg")).toBe("too-large");
  expect(of(0, "image/png")).toBe("empty");
  expect(of(5, "text/html")).toBe("attachment-type");
  expect(of(5, "image/heic")).toBe("attachment-type");
  expect(of(5, "video/quicktime")).toBe("attachment-type");
  expect(of(5, "audio/x-m4a")).toBeNull();
  expect(of(5, "", 19)).toBeNull();
  expect(of(5, "image/png", 20)).toBe("attachments-full");
});

it("finds the files that a ledger names", () => {
  const file = { id: "f", name: "a.pdf", type: "application/pdf" as const, size: 3, sha256: "00" };
  const entry: AlarmEntry = {
    number: 1,
    at: "",
    step: "attached",
    by: "a",
    text: "a.pdf",
    hash: "",
    via: "desk",
    afterEnd: false,
    wordsDeleted: false,
    attachment: file,
  };
  expect(attachmentsOf([{ ...entry, attachment: null }, entry])).toEqual([file]);
  expect(isPicture(file)).toBe(false);
  expect(isPicture({ ...file, type: "image/webp" })).toBe(true);
});

it("writes sizes shortly", () => {
  expect([1, 655_360, 10_485_760, 3_250_586].map(sizeText)).toEqual(["1 KB", "640 KB", "10 MB", "3.1 MB"]);
});
