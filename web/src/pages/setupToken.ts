/** The one-time token of a set-up link: `#token=…` or the bare fragment; null when there is none. */
export function setupToken(fragment: string): string | null {
  const bare = fragment.replace(/^#/, "");
  const named = new URLSearchParams(bare).get("token");
  return named || (bare.includes("=") ? null : decodeURIComponent(bare)) || null;
}
