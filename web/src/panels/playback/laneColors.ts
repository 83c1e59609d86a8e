/**
 * Eight colours, as many as the map can tint, that tell lanes apart, on the night's ground and on the day's. They say who, never how someone is: none is the red of alarms, and
 * name and order say the same without them; a ninth lane has the first one's again.
 */
const NIGHT = ["#58a6ff", "#f0a55b", "#56d4c4", "#d58bff", "#b5d957", "#f08bb4", "#8fb4ff", "#e3d26f"];
const DAY = ["#0a5bc4", "#a04f00", "#00756b", "#7b2fb0", "#4d6b00", "#a8326b", "#3d55b8", "#6f5c00"];

export const lanePalette = (style: "night" | "day"): readonly string[] => (style === "day" ? DAY : NIGHT);

export const laneColor = (n: number, style: "night" | "day"): string => lanePalette(style)[n % NIGHT.length];
