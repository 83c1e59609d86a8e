import { zoneTime } from "../zoneTime";

/** The center's clock as a Date of the browser's zone, which is what a date picker works in: it shows the center's days and hours. */
export const centerClock = (ms: number): Date => new Date(zoneTime(new Date(ms).toISOString()).replace(" ", "T"));

/** What a date picker of `YYYY-MM-DDTHH:mm` holds for an instant. */
export const pickerValue = (ms: number): string => zoneTime(new Date(ms).toISOString()).replace(" ", "T").slice(0, 16);
