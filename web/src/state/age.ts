export type AgeUnit = "seconds" | "minutes" | "hours" | "days";

/** An age in the largest unit that keeps it a small whole number: 119 s, then minutes to 119, hours to 47, days. */
export function inWords(seconds: number): { unit: AgeUnit; n: number } {
  const s = Math.max(0, Math.floor(seconds));
  if (s < 120) return { unit: "seconds", n: s };
  if (s < 7200) return { unit: "minutes", n: Math.floor(s / 60) };
  if (s < 172_800) return { unit: "hours", n: Math.floor(s / 3600) };
  return { unit: "days", n: Math.floor(s / 86_400) };
}
