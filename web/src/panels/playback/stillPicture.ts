/**
 * A picture of the map to take away: under it the moment, who is on it, and whose map it is, since pictures travel and say where they come from.
 */
export async function stillPicture(
  map: ImageBitmap | HTMLCanvasElement,
  names: readonly Label[],
  caption: string,
  attribution: string,
): Promise<Blob | null> {
  const style = getComputedStyle(document.documentElement);
  const get = (name: string) => style.getPropertyValue(name).trim();
  const rem = (Number.parseFloat(style.fontSize) || 16) * (devicePixelRatio || 1);
  const foot = Math.round(rem * 3.25);
  const canvas = document.createElement("canvas");
  canvas.width = map.width;
  canvas.height = map.height + foot;
  const pen = canvas.getContext("2d");
  if (!pen) return null;
  pen.fillStyle = get("--panel");
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.drawImage(map, 0, 0);
  pen.textBaseline = "middle";
  pen.font = `${rem * 0.75}px ${getComputedStyle(document.body).fontFamily}`;
  for (const { text, x, y, color } of names) {
    const [left, top] = [x * devicePixelRatio + rem, y * devicePixelRatio];
    pen.fillStyle = get("--panel");
    pen.globalAlpha = 0.85;
    pen.fillRect(left - rem * 0.25, top - rem * 0.6, pen.measureText(text).width + rem * 0.5, rem * 1.2);
    pen.globalAlpha = 1;
    pen.fillStyle = color;
    pen.fillText(text, left, top);
  }
  pen.fillStyle = get("--ink");
  pen.font = `600 ${rem * 0.9375}px ${getComputedStyle(document.body).fontFamily}`;
  pen.fillText(caption, rem, map.height + foot * 0.33, canvas.width - rem * 2);
  pen.fillStyle = get("--dim");
  pen.font = `${rem * 0.75}px ${getComputedStyle(document.body).fontFamily}`;
  pen.fillText(attribution, rem, map.height + foot * 0.74, canvas.width - rem * 2);
  return new Promise((done) => canvas.toBlob(done, "image/png"));
}

export interface Label {
  text: string;
  /** CSS pixels from the map's corner. */
  x: number;
  y: number;
  color: string;
}

export function download(name: string, blob: Blob): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
