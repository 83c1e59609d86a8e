import { withQuery } from "./adminApi";
import type { Page, WatchedEntry } from "./contracts.gen";
import { problemOf, rawCall } from "./rawCall";

/** What is entered on the worker's own page; kept by the page alone and sent in a header, never in a URL. */
export interface PhoneCredentials {
  user: string;
  password: string;
}

/** Who looked at the worker whose phone this is, newest first. */
export async function watched(who: PhoneCredentials, cursor: string | null): Promise<Page<WatchedEntry>> {
  const bytes = new TextEncoder().encode(`${who.user}:${who.password}`);
  const answer = await rawCall("GET", withQuery("/api/watched", { limit: 50, cursor }), {
    headers: { Authorization: `Basic ${btoa(String.fromCharCode(...bytes))}` },
    withCookie: false,
  });
  if (answer.status !== 200) throw problemOf(answer);
  return answer.json as Page<WatchedEntry>;
}
