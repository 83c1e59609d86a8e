import { zonedParts } from "./zone";

/** What may be chosen; auto follows the center's hour. */
export const styleChoices = ["night", "day", "auto"] as const;
export type StyleChoice = (typeof styleChoices)[number];
export type Style = "night" | "day";

const DAY_FROM_HOUR = 7;
const DAY_TO_HOUR = 19;

export const isStyleChoice = (text: unknown): text is StyleChoice => styleChoices.includes(text as StyleChoice);

/** The style to draw at a time (ms since 1970); the house's own is night. */
export function styleAt(choice: StyleChoice | null, now: number): Style {
  if (choice !== "auto") return choice ?? "night";
  const { hour } = zonedParts(now);
  return hour >= DAY_FROM_HOUR && hour < DAY_TO_HOUR ? "day" : "night";
}
