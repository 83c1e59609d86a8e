import "maplibre-gl/dist/maplibre-gl.css";
import "leaflet/dist/leaflet.css";
import L from "leaflet";
import { type GeoJSONSource, Map as MapLibre, setWorkerUrl } from "maplibre-gl";
import workerUrl from "maplibre-gl/dist/maplibre-gl-worker.mjs?url";
import { MarkersLayer } from "../src/map/markersLayer";
import { Motion } from "../src/state/motion";
import { WorkerStore } from "../src/state/workers";
import type { WallFrame } from "../src/wire/contracts.gen";
import { CENTER, World } from "./world";

/** One way of drawing moving workers, fed with the same frames as the others. */
interface Contender {
  update(frame: WallFrame): void;
}

declare global {
  interface Window {
    /** Takes and draws so many frames, one per drawn picture, fewer when the time is over; at least one. */
    run?: (updates: number, withinMs: number) => Promise<{ made: number; shown: number }>;
  }
}

setWorkerUrl(workerUrl);
const query = new URLSearchParams(location.search);
const size = Number(query.get("count"));
const container = document.getElementById("map") as HTMLElement;
const store = new WorkerStore();
const world = new World(size);
const started = performance.now();
const seconds = (): number => (performance.now() - started) / 1000 + 1_800_000_000;

const bare = (): Promise<MapLibre> => {
  const style = { version: 8 as const, sources: {}, layers: [] };
  const map = new MapLibre({ container, style, center: CENTER, zoom: 12, fadeDuration: 0, attributionControl: false });
  return new Promise((resolve) => map.once("load", () => resolve(map)));
};

async function ours(): Promise<Contender> {
  const map = await bare();
  const motion = new Motion(CENTER[0], CENTER[1]);
  const presence = Array.from({ length: 6 }, () => [0.35, 0.65, 1]);
  const colors = { presence, ground: [0, 0, 0], ink: [1, 1, 1] };
  map.addLayer(
    new MarkersLayer({
      motion,
      now: seconds,
      glideSeconds: () => 1,
      colors: () => colors,
      radius: () => 3,
      calm: () => 1,
    }),
  );
  return {
    update(frame) {
      store.apply(frame);
      motion.update(store, store.drainChanged(), seconds(), 1);
      map.triggerRepaint();
    },
  };
}

async function setData(): Promise<Contender> {
  const map = await bare();
  map.addSource("w", { type: "geojson", data: { type: "FeatureCollection", features: [] } });
  map.addLayer({ id: "w", type: "circle", source: "w", paint: { "circle-radius": 3, "circle-color": "#58a6ff" } });
  return {
    update(frame) {
      store.apply(frame);
      store.drainChanged();
      const features = [];
      for (let slot = 1; slot < store.length; slot++) {
        const coordinates = [store.longitudeE7[slot] / 1e7, store.latitudeE7[slot] / 1e7];
        features.push({ type: "Feature" as const, properties: {}, geometry: { type: "Point" as const, coordinates } });
      }
      map.getSource<GeoJSONSource>("w")?.setData({ type: "FeatureCollection", features });
    },
  };
}

async function leaflet(): Promise<Contender> {
  const map = L.map(container, { preferCanvas: true, zoomControl: false, attributionControl: false });
  map.setView([CENTER[1], CENTER[0]], 13);
  const markers: L.CircleMarker[] = [];
  return {
    update(frame) {
      store.apply(frame);
      for (const slot of store.drainChanged()) {
        const at: L.LatLngTuple = [store.latitudeE7[slot] / 1e7, store.longitudeE7[slot] / 1e7];
        if (markers[slot]) markers[slot].setLatLng(at);
        else markers[slot] = L.circleMarker(at, { radius: 3, color: "#58a6ff" }).addTo(map);
      }
    },
  };
}

const contenders: Record<string, () => Promise<Contender>> = { ours, setData, leaflet };
const contender = await contenders[query.get("contender") ?? "ours"]();
const frames = Array.from({ length: 8 }, () => world.frame(1, Date.now()));
const drawn = (): Promise<void> =>
  new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => resolve())));

let next = 0;
window.run = async (updates, withinMs) => {
  const end = performance.now() + withinMs;
  let made = 0;
  while (made < updates && (made === 0 || performance.now() < end)) {
    contender.update(frames[next++ % frames.length]);
    await drawn();
    made++;
  }
  return { made, shown: store.shown };
};
