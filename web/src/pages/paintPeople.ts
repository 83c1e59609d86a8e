import type { PlaybackMap } from "../map/playbackMap";
import type { Scene } from "../state/playback/scene";
import type { TrackSummary } from "../wire/contracts.gen";
import { trackKey } from "./usePlayback";
import type { Someone } from "./usePlaybackLanes";

/** Lays people's whole tracks and stops on one map, without those who stand on the other. */
export function paintPeople(
  map: PlaybackMap,
  scene: Scene,
  people: readonly Someone[],
  hidden: ReadonlySet<number>,
  summaries: ReadonlyMap<string, TrackSummary>,
): void {
  const here = people.filter((who) => !hidden.has(who.row));
  scene.hide(hidden);
  map.setTracks(here.map(({ row, color }) => ({ row, color })));
  map.setStops(
    here.flatMap((who) =>
      (summaries.get(trackKey(who.set, who.code))?.stops ?? []).map(({ longitude, latitude }) => ({
        longitude,
        latitude,
        color: who.color,
        id: who.row,
      })),
    ),
  );
}
