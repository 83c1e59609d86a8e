/**
 * Ranges of characters, as CSS writes them ("U+4e00,U+4e02-4e05"), in a third of the bytes: each number is counted on from the one before,
 * in base 36 ("fds,2-3"). A build writes the shipped font's so, the page reads them back.
 */
export function packRanges(css: string): string {
  let last = 0;
  return css
    .split(",")
    .map((range) => {
      const [from, to = from] = range.replace(/^U\+/i, "").split("-");
      const [first, end] = [Number.parseInt(from, 16), Number.parseInt(to, 16)];
      const text = (first - last).toString(36) + (end > first ? `-${(end - first).toString(36)}` : "");
      last = end;
      return text;
    })
    .join();
}

export function unpackRanges(packed: string): string {
  let last = 0;
  return packed
    .split(",")
    .map((text) => {
      // A range may begin below the one before it: then the first sign is a minus, too.
      const [, step, length] = /^(-?\w+)(?:-(\w+))?$/.exec(text) as RegExpExecArray;
      const first = last + Number.parseInt(step, 36);
      last = first + (length ? Number.parseInt(length, 36) : 0);
      return `U+${first.toString(16)}${length ? `-${last.toString(16)}` : ""}`;
    })
    .join();
}
