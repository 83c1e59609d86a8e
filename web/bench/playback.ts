import "maplibre-gl/dist/maplibre-gl.css";
import { type GeoJSONSource, Map as MapLibre, setWorkerUrl } from "maplibre-gl";
import workerUrl from "maplibre-gl/dist/maplibre-gl-worker.mjs?url";
import { MarkersLayer } from "../src/map/markersLayer";
import { TrailsLayer } from "../src/map/trailsLayer";
import { TrackPlayer } from "../src/state/playback/player";
import { decodeSegments } from "../src/wire/trackBytes";
import type { TracksFeed } from "../src/wire/tracksFeed";
import { answerOf, request, START } from "./trackWorld";
import { CENTER } from "./world";

setWorkerUrl(workerUrl);
const query = new URLSearchParams(location.search);
const contender = query.get("contender");
const workers = Number(query.get("count"));
const container = document.getElementById("map") as HTMLElement;
/** At 60× a frame of a sixtieth of a second moves everybody on by one. */
const FRAME_MS = 1000 / 60;

const feed: TracksFeed = {
  read(_, events) {
    for (const { chunk } of answerOf(workers)) {
      const { names, segments, sentUntil, end } = chunk;
      events.part({ names: names ?? [], segments: decodeSegments(segments), sentUntil, end });
    }
    return () => {};
  },
  dispose: () => {},
};

const map = new MapLibre({
  container,
  style: { version: 8, sources: {}, layers: [] },
  center: CENTER,
  zoom: 12,
  fadeDuration: 0,
  attributionControl: false,
});
const player = new TrackPlayer({ origin: CENTER, feed: () => feed });
await new Promise((resolve) => map.once("load", resolve));
await new Promise<void>((resolve) => {
  player.onChange(() => player.book.progress === 1 && resolve());
  player.load({ sets: [{ request }] });
});
player.setSettings({ trailSeconds: contender === "trails" ? 300 : 0 });

const scene = { now: () => player.clock.now / 1000, glideSeconds: () => 0 };
const colors = { presence: Array.from({ length: 6 }, () => [0.35, 0.65, 1]), ground: [0, 0, 0], ink: [1, 1, 1] };

function ours(): () => void {
  if (contender === "trails") {
    map.addLayer(
      new TrailsLayer({
        ...scene,
        glideSeconds: () => -1,
        trails: player.trails,
        colors: () => [colors.presence[5]],
        roles: () => 255,
        pen: () => ({ width: 2, strength: 0.6 }),
      }),
    );
  }
  map.addLayer(
    new MarkersLayer({ ...scene, motion: player.stage, colors: () => colors, radius: () => 3, calm: () => 1 }),
  );
  return () => map.triggerRepaint();
}

/** What a page does that has no columns: everybody's position as GeoJSON, each frame. */
function setData(): () => void {
  map.addSource("w", { type: "geojson", data: { type: "FeatureCollection", features: [] } });
  map.addLayer({ id: "w", type: "circle", source: "w", paint: { "circle-radius": 3, "circle-color": "#58a6ff" } });
  return () => {
    const features = player.book.tracks
      .filter(({ row }) => player.stage.place(row, 0, 0) !== null)
      .map(({ row }) => ({
        type: "Feature" as const,
        geometry: { type: "Point" as const, coordinates: player.stage.degrees(row) },
        properties: {},
      }));
    map.getSource<GeoJSONSource>("w")?.setData({ type: "FeatureCollection", features });
  };
}

const drawn = (): Promise<unknown> =>
  new Promise((resolve) => {
    map.once("render", () => requestAnimationFrame(resolve));
  });

const show = contender === "setData" ? setData() : ours();
let wall = 0;
player.clock.seek(START + 10 * 60_000);
player.clock.play(60);

window.run = async (updates, withinMs) => {
  const end = performance.now() + withinMs;
  let made = 0;
  while (made < updates && (made === 0 || performance.now() < end)) {
    wall += FRAME_MS;
    player.frame(wall);
    show();
    await drawn();
    made++;
  }
  return { made, shown: player.stage.drawn };
};

/** Ms of moving everybody on by a frame alone, over so many frames, without the map. */
window.stage = (frames) => {
  player.clock.seek(START + 10 * 60_000);
  player.clock.play(60);
  const start = performance.now();
  for (let n = 0; n < frames; n++) {
    wall += FRAME_MS;
    player.frame(wall);
  }
  return (performance.now() - start) / frames;
};

declare global {
  interface Window {
    run?: (updates: number, withinMs: number) => Promise<{ made: number; shown: number }>;
    stage?: (frames: number) => number;
  }
}
