/**
 * Colours that tell lanes apart, on the night's ground and on the day's. They say who, never how someone is: none is the red of alarms, and
 * name and order say the same without them.
 */
const NIGHT = ["#58a6ff", "#f0a55b", "#56d4c4", "#d58bff", "#b5d957", "#f08bb4", "#8fb4ff", "#e3d26f", "#7fd68c", "#c7a58b"];
const DAY = ["#0a5bc4", "#a04f00", "#00756b", "#7b2fb0", "#4d6b00", "#a8326b", "#3d55b8", "#6f5c00", "#1d7038", "#7a4b2a"];

export const laneColor = (n: number, style: "night" | "day"): string => {
  const colors = style === "day" ? DAY : NIGHT;
  return colors[((n % colors.length) + colors.length) % colors.length];
};
