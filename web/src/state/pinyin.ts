/** Turns a Chinese text into one syllable a character, without tones. */
export type Transcribe = (text: string) => string[];

/** Names are few and repeat; a roster and its areas fit. */
const MOST_CACHED = 30_000;

/** Finds Chinese names by what is typed on a Latin keyboard: full (wangjianguo), initials (wjg) or a mixture (wangjg). */
export class PinyinIndex {
  private readonly cache = new Map<string, string[]>();

  constructor(private readonly transcribe: Transcribe) {}

  matches(name: string, typed: string): boolean {
    const query = pinyinQuery(typed);
    if (query === null) return false;
    const syllables = this.syllables(name);
    for (let from = 0; from < syllables.length; from++) if (reads(syllables, from, query, 0)) return true;
    return false;
  }

  private syllables(name: string): string[] {
    let known = this.cache.get(name);
    if (!known) {
      known = this.transcribe(name).map((syllable) => syllable.toLowerCase().replaceAll("ü", "v"));
      if (this.cache.size >= MOST_CACHED) this.cache.clear();
      this.cache.set(name, known);
    }
    return known;
  }
}

/** What was typed as letters alone; null when it is no pinyin. */
export function pinyinQuery(typed: string): string | null {
  const query = typed.toLowerCase().replaceAll("ü", "v").replace(/[\s']/g, "");
  return /^[a-z]{1,30}$/.test(query) ? query : null;
}

/** Each syllable may be cut short, none may be left out. */
function reads(syllables: readonly string[], at: number, query: string, done: number): boolean {
  if (done === query.length) return true;
  if (at >= syllables.length) return false;
  const syllable = syllables[at];
  let length = 0;
  while (length < syllable.length && query[done + length] === syllable[length]) length++;
  for (; length > 0; length--) if (reads(syllables, at + 1, query, done + length)) return true;
  return false;
}
