import { shallowReactive } from "vue";
import { api } from "../../wire/api";
import type { WorkerInfo } from "../../wire/contracts.gen";

type Named = Pick<WorkerInfo, "code" | "name" | "role" | "area"> & Partial<Pick<WorkerInfo, "left">>;

/** Names asked for one search: pinyin is matched here, since the server finds what is written. */
const A_PAGE = 500;
const MOST_PAGES = 12;

/** Who can be chosen, those who left the roster among them: names by code, learned as they are needed and kept while the page is open. */
export class Roster {
  readonly names = shallowReactive(new Map<string, Named>());
  private readonly asked = new Set<string>();
  private all: Promise<boolean> | null = null;

  constructor(
    private readonly ask: typeof api.searchPeople = api.searchPeople,
    private readonly list: typeof api.peoplePage = api.peoplePage,
  ) {}

  /** What a track's own answer says of a worker. */
  tell(who: Named): void {
    const known = this.names.get(who.code);
    // Who says whether somebody has left says it newer than what is known.
    if (!known || who.left !== undefined) this.names.set(who.code, { ...who, name: who.name || known?.name || "" });
  }

  /** The name of a code that came with an address. */
  async learn(code: string): Promise<void> {
    if (this.names.has(code) || this.asked.has(code)) return;
    this.asked.add(code);
    try {
      for (const who of (await this.ask(code, 5)).items) this.tell(who);
    } catch {
      this.asked.delete(code); // The code itself stands there until a later look.
    }
  }

  /** People whose name or code holds the text, or reads so in pinyin; null when the server is away. */
  async search(
    text: string,
    limit: number,
    reads: ((name: string, typed: string) => boolean) | null,
  ): Promise<Named[] | null> {
    const hits = new Map<string, Named>();
    let isAway = false;
    try {
      for (const who of (await this.ask(text, limit)).items) {
        this.names.set(who.code, who);
        hits.set(who.code, who);
      }
    } catch {
      isAway = true;
    }
    if (reads && hits.size < limit && /^[a-z ü']+$/i.test(text) && (await this.readAll())) {
      for (const who of this.names.values()) {
        if (hits.size >= limit) break;
        if (who.name && reads(who.name, text)) hits.set(who.code, who);
      }
    }
    return isAway && hits.size === 0 ? null : [...hits.values()];
  }

  /** Everybody once, when someone types pinyin. */
  private readAll(): Promise<boolean> {
    this.all ??= (async () => {
      let cursor: string | null = null;
      try {
        for (let page = 0; page < MOST_PAGES; page++) {
          const answer = await this.list(A_PAGE, cursor);
          for (const who of answer.items) this.tell(who);
          if (!answer.next) break;
          cursor = answer.next;
        }
        return true;
      } catch {
        this.all = null;
        return this.names.size > 0;
      }
    })();
    return this.all;
  }
}
