/**
 * A picture of the map, or of two beside each other, to take away: under it the moment, who is on it, and whose map it is, since pictures travel and say where they come from.
 */
export async function stillPicture(
  maps: readonly (ImageBitmap | HTMLCanvasElement)[],
  names: readonly Label[],
  caption: string,
  attribution: string,
): Promise<Blob | null> {
  const style = getComputedStyle(document.documentElement);
  const get = (name: string) => style.getPropertyValue(name).trim();
  const rem = (Number.parseFloat(style.fontSize) || 16) * (devicePixelRatio || 1);
  const foot = Math.round(rem * 3.25);
  const canvas = document.createElement("canvas");
  const tall = Math.max(...maps.map((map) => map.height));
  canvas.width = maps.reduce((sum, map) => sum + map.width, 0);
  canvas.height = tall + foot;
  const pen = canvas.getContext("2d");
  if (!pen) return null;
  pen.fillStyle = get("--panel");
  pen.fillRect(0, 0, canvas.width, canvas.height);
  let left = 0;
  for (const map of maps) {
    pen.drawImage(map, left, 0);
    left += map.width;
    if (left < canvas.width) pen.fillRect(left - 1, 0, 2, tall);
  }
  pen.textBaseline = "middle";
  pen.font = `${rem * 0.75}px ${getComputedStyle(document.body).fontFamily}`;
  for (const { text, x, y, color } of names) {
    const [at, top] = [x * devicePixelRatio + rem, y * devicePixelRatio];
    pen.fillStyle = get("--panel");
    pen.globalAlpha = 0.85;
    pen.fillRect(at - rem * 0.25, top - rem * 0.6, pen.measureText(text).width + rem * 0.5, rem * 1.2);
    pen.globalAlpha = 1;
    pen.fillStyle = color;
    pen.fillText(text, at, top);
  }
  pen.fillStyle = get("--ink");
  pen.font = `600 ${rem * 0.9375}px ${getComputedStyle(document.body).fontFamily}`;
  pen.fillText(caption, rem, tall + foot * 0.33, canvas.width - rem * 2);
  pen.fillStyle = get("--dim");
  pen.font = `${rem * 0.75}px ${getComputedStyle(document.body).fontFamily}`;
  pen.fillText(attribution, rem, tall + foot * 0.74, canvas.width - rem * 2);
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
