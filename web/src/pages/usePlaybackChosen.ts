import { type Ref, watch } from "vue";
import type { Roster } from "../panels/playback/roster";
import type { usePlayback } from "./usePlayback";
import type { Someone } from "./usePlaybackLanes";
import type { usePlaybackMap } from "./usePlaybackMap";

interface Wants {
  play: ReturnType<typeof usePlayback>;
  map: ReturnType<typeof usePlaybackMap>;
  roster: Roster;
  people: Ref<Someone[]>;
  person: Ref<Someone | null>;
  selected: Ref<number | null>;
  /** Code of whom a shared view followed. */
  followed: string | null;
}

/** Who is looked at: whom a shared view followed; else the first person, of an area nobody. */
export function usePlaybackChosen({ play, map, roster, people, person, selected, followed }: Wants) {
  const { plan, figures } = play;
  let wanted = followed;

  watch([people, play.tracks], ([all, tracks]) => {
    for (const who of all)
      if (who.name !== who.code) roster.tell({ code: who.code, name: who.name, role: who.role, area: who.area });
    if (selected.value !== null) return;
    const found = wanted === null ? undefined : tracks.find((track) => track.name?.worker === wanted);
    if (found) {
      wanted = null;
      selected.value = found.row;
      map.follow(found.row);
    } else if (plan.value?.area === null && (wanted === null || !figures.value.loading)) {
      wanted = null;
      selected.value = all[0]?.row ?? null;
    }
  });
  watch(selected, (row) => {
    map.choose(row);
    const code = person.value?.code;
    if (code) play.look(code);
  });

  return { wanted: () => wanted };
}
