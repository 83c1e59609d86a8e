import type { ErasedTable, TrackErasureReceipt } from "../../wire/contracts.gen";

export interface Sum {
  rows: number;
  fixes: number;
}

export const sumOf = (tables: readonly ErasedTable[]): Sum =>
  tables.reduce((sum, { rows, fixes }) => ({ rows: sum.rows + rows, fixes: sum.fixes + fixes }), { rows: 0, fixes: 0 });

/** Which of the things that stay a line of the server's is about: the word before its colon. */
export function stayOf(line: string): { key: string; text: string } {
  const at = line.indexOf(":");
  return { key: at > 0 ? line.slice(0, at) : "", text: line.slice(at + 1).trim() };
}

/** A name that every file system takes, whatever is in a worker's code. */
export const receiptName = (receipt: TrackErasureReceipt): string =>
  `erasure-${receipt.id}-${receipt.worker.replace(/[^\p{L}\p{N}_-]+/gu, "_")}.json`;

/** How much of what was planned is gone, 0 to 1; fewer rows may be left than there were pieces when they were counted, as folding goes on. */
export function shareDone(planned: number, receipt: TrackErasureReceipt): number {
  if (receipt.finishedAt) return 1;
  return planned > 0 ? Math.min(0.99, sumOf(receipt.tables).rows / planned) : 0;
}

export function saveReceipt(receipt: TrackErasureReceipt): void {
  const url = URL.createObjectURL(new Blob([`${JSON.stringify(receipt, null, 2)}\n`], { type: "application/json" }));
  const link = document.createElement("a");
  link.href = url;
  link.download = receiptName(receipt);
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
