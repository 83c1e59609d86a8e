import { GeoJSONVT } from "@maplibre/geojson-vt";
import { fromGeojsonVt } from "@maplibre/vt-pbf";

const LEVELS = { district: 0, subdistrict: 1, community: 2, grid: 3, microgrid: 4 };
const FROM_ZOOM = [6, 6, 11, 13, 15];
const EXTENT = 4096;

const collection = (features) => ({ type: "FeatureCollection", features });
const index = (features) =>
  new GeoJSONVT(collection(features), { maxZoom: 16, indexMaxZoom: 12, extent: EXTENT, buffer: 64, tolerance: 2 });

/** The areas as vector tiles, in the layers and from the zooms that the real server uses. */
export function areaTiles(areas) {
  const outlines = areas.map((area) => ({
    type: "Feature",
    id: area.id,
    geometry: area.geometry,
    properties: { code: area.code, level: LEVELS[area.kind], gridType: area.gridType ?? "" },
  }));
  const names = areas.map((area) => ({
    type: "Feature",
    id: area.id,
    geometry: { type: "Point", coordinates: area.center },
    properties: { code: area.code, name: area.name, nameEn: area.nameEn ?? area.name, level: LEVELS[area.kind] },
  }));
  return serve({ areas: index(outlines), names: index(names) }, (tags, z) => z >= FROM_ZOOM[tags.level]);
}

function serve(layers, keeps) {
  return (z, x, y) => {
    const tile = {};
    for (const [name, layer] of Object.entries(layers)) {
      const part = layer.getTile(z, x, y);
      if (part) tile[name] = { ...part, features: part.features.filter((feature) => keeps(feature.tags, z)) };
    }
    return Object.keys(tile).length ? Buffer.from(fromGeojsonVt(tile, { version: 2, extent: EXTENT })) : null;
  };
}
