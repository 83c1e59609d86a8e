import type { Map as MapLibre } from "maplibre-gl";
import { classesOf, colorsOf, MOST_CLASSES, noDataColor } from "../state/coverage/scales";
import type { Style } from "../state/dayNight";
import type { CoveragePicture } from "../wire/coverageBytes";
import { CoverageLayer, type PaintedCoverage } from "./coverageLayer";

/** Streets and borders are to be read through the colours. */
const STRENGTH = { night: 0.72, day: 0.78 } as const;

/** A picture of coverage on any of our maps, below the borders: `dress` is given to the map, which calls it after each load of a style. */
export class CoverageHeat {
  /** How many squares each class has, of the picture that is painted. */
  counted = new Uint32Array(MOST_CLASSES);
  private painted: PaintedCoverage | null = null;

  /** @param share of the usual strength: people walk over it on the wall */
  constructor(private readonly share = 1) {}

  /** The map draws it with its next picture. */
  set(picture: CoveragePicture | null, style: Style): void {
    if (!picture) {
      this.painted = null;
      return;
    }
    const known = this.painted?.picture === picture ? this.painted.classes : null;
    if (!known) this.counted = new Uint32Array(MOST_CLASSES);
    this.painted = {
      picture,
      classes: known ?? classesOf(picture, this.counted),
      colors: colorsOf(picture.measure, style),
      noData: noDataColor(style),
      strength: STRENGTH[style] * this.share,
    };
  }

  readonly dress = (map: MapLibre, below: string): void => {
    if (map.getLayer("coverage")) return;
    const border = map.getStyle().layers.find(({ id }) => id.startsWith("area-border-"))?.id;
    map.addLayer(new CoverageLayer(() => this.painted), border ?? below);
  };
}
