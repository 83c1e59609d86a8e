import { addProtocol, type GetResourceResponse, type RequestParameters } from "maplibre-gl";
import { recut } from "../state/recut";
import type { BasemapInfo } from "../wire/contracts.gen";

/** A tile of a shifted basemap is asked for by up to four neighbours: this many stay at hand. */
const MOST_PICTURES = 96;
const USUAL_SIZE = 256;

let hasPmtiles = false;
let hasGcj02 = false;

/** Fetches what a basemap needs beyond MapLibre itself, once; an ordinary one needs nothing. */
export async function prepareBasemap(basemap: BasemapInfo): Promise<void> {
  if (basemap.kind === "pmtiles" && !hasPmtiles) {
    const { PMTiles, Protocol, ResolvedValueCache } = await import("pmtiles");
    if (!hasPmtiles) {
      const protocol = new Protocol();
      addProtocol("pmtiles", (request, abort) => {
        const url = archiveOf(request.url);
        // The usual cache also keeps failures: one missed answer would leave the ground bare for ever.
        if (!protocol.get(url)) protocol.add(new PMTiles(url, new ResolvedValueCache()));
        return protocol.tile(request, abort);
      });
    }
    hasPmtiles = true;
  }
  if (basemap.kind === "raster" && basemap.datum === "gcj02" && !hasGcj02) {
    const { default: gcoord } = await import("gcoord");
    const shift = (longitude: number, latitude: number) =>
      gcoord.transform([longitude, latitude] as [number, number], gcoord.WGS84, gcoord.GCJ02) as [number, number];
    if (!hasGcj02) addProtocol("gcj02", (request, abort) => cut(request, abort, shift));
    hasGcj02 = true;
  }
}

/** The archive's address in that of a tile or of its description. */
const archiveOf = (url: string): string => url.replace(/^pmtiles:\/\//, "").replace(/\/\d+\/\d+\/\d+$/, "");

const pictures = new Map<string, Promise<ImageBitmap | null>>();

/** Cuts one tile in WGS-84 out of its shifted neighbours; a part that cannot be had stays transparent. */
async function cut(
  request: RequestParameters,
  abort: AbortController,
  shift: (longitude: number, latitude: number) => [number, number],
): Promise<GetResourceResponse<ArrayBuffer>> {
  const address = /^gcj02:\/\/(.*)$/.exec(request.url)?.[1] ?? "";
  const [, before, z, x, y, after] = /^(.*?)(\d+)\/(\d+)\/(\d+)([^/]*)$/.exec(address) ?? [];
  if (before === undefined) throw new Error(`not a tile address: ${request.url}`);
  const pieces = await Promise.all(
    recut(Number(z), Number(x), Number(y), USUAL_SIZE, shift).map(async (piece) => ({
      ...piece,
      picture: await picture(`${before}${z}/${piece.x}/${piece.y}${after}`),
    })),
  );
  if (abort.signal.aborted) throw new DOMException("no longer wanted", "AbortError");
  // An empty picture would be kept as if it were the ground.
  if (pieces.every(({ picture }) => !picture)) throw new Error(`no picture for ${request.url}`);
  const size = Math.max(USUAL_SIZE, ...pieces.map(({ picture }) => picture?.width ?? 0));
  const canvas = new OffscreenCanvas(size, size);
  const context = canvas.getContext("2d");
  const scale = size / USUAL_SIZE;
  for (const { picture, left, top } of pieces) {
    if (picture) context?.drawImage(picture, left * scale, top * scale, size, size);
  }
  const png = await canvas.convertToBlob();
  return { data: await png.arrayBuffer() };
}

function picture(url: string): Promise<ImageBitmap | null> {
  let known = pictures.get(url);
  pictures.delete(url);
  known ??= load(url).then((got) => {
    // A failure is asked for again; a picture is kept.
    if (!got) pictures.delete(url);
    return got;
  });
  pictures.set(url, known);
  for (const [oldest, tile] of pictures) {
    if (pictures.size <= MOST_PICTURES) break;
    pictures.delete(oldest);
    // Closed later: a cut that waits for it may still draw it.
    void tile.then((image) => image && setTimeout(() => image.close(), 10_000));
  }
  return known;
}

async function load(url: string): Promise<ImageBitmap | null> {
  try {
    const answer = await fetch(url, { credentials: "same-origin", signal: AbortSignal.timeout(20_000) });
    return answer.ok ? await createImageBitmap(await answer.blob()) : null;
  } catch {
    return null; // Away, too slow or no picture: the ground shows through.
  }
}
