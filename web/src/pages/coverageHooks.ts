import type { MapHook } from "../debug";

/** `window.__coverage`, for browser tests and for finding out what the coverage page's map is doing: it only reads. */
export interface CoverageHooks {
  readonly map: MapHook | null;
  /** Metres of the squares that are painted; null: none yet. */
  readonly size: number | null;
  /** Squares with a colour or hatched. */
  readonly painted: number | null;
}

declare global {
  interface Window {
    __coverage?: CoverageHooks;
  }
}

export function exposeCoverage(page: {
  state(): MapHook | null;
  size(): number | null;
  painted(): number | null;
}): void {
  window.__coverage = {
    get map() {
      return page.state();
    },
    get size() {
      return page.size();
    },
    get painted() {
      return page.painted();
    },
  };
}

export function hideCoverage(): void {
  delete window.__coverage;
}
