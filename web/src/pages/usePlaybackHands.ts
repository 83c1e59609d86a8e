import { nextTick, type Ref } from "vue";
import type { Mark } from "../panels/playback/marks";
import type { SideTab } from "../panels/playback/SidePanel.vue";
import type { useFolds } from "./useFolds";
import type { usePlaceSearch } from "./usePlaceSearch";
import type { usePlayback } from "./usePlayback";
import type { Someone } from "./usePlaybackLanes";
import type { usePlaybackMap } from "./usePlaybackMap";
import type { usePlaybackMarks } from "./usePlaybackMarks";

interface Wants {
  play: ReturnType<typeof usePlayback>;
  map: ReturnType<typeof usePlaybackMap>;
  marking: ReturnType<typeof usePlaybackMarks>;
  place: ReturnType<typeof usePlaceSearch>;
  folds: ReturnType<typeof useFolds>;
  people: Ref<Someone[]>;
  person: Ref<Someone | null>;
  selected: Ref<number | null>;
  tab: Ref<SideTab>;
  /** Opens the field of a new note. */
  write(): void;
}

/** What a hand does in the lists beside the map: to go to a moment, a mark, a person; to write down what is seen there. */
export function usePlaybackHands({ play, map, marking, place, folds, people, person, selected, tab, write }: Wants) {
  const { player } = play;

  function go(ms: number, to: [number, number] | null): void {
    play.seek(ms);
    if (to) map.goTo(to);
    else if (person.value) map.reveal(person.value.row);
  }

  /** A mark was clicked: its time, whom it is about, and the list it stands in. */
  function goMark(mark: Mark): void {
    if (mark.row !== null && player.book.tracks[mark.row]) {
      selected.value = mark.row;
      go(mark.ms, null);
    } else play.seek(mark.ms);
  }

  return {
    go,
    goMark,
    async writeNote(): Promise<void> {
      await folds.unfold("right");
      tab.value = "marks";
      await nextTick();
      write();
    },
    async addNote(text: string, kept: () => void): Promise<void> {
      if (await marking.add(text, player.clock.now)) kept();
    },
    /** Opens the chooser at the place and moment of a call for help. */
    async nearMark(mark: Mark): Promise<void> {
      const fix = mark.row === null ? null : player.fixUnder(mark.row, mark.ms);
      if (!fix) return;
      goMark(mark);
      place.openAt([fix.longitude, fix.latitude], fix.fixAt);
      await folds.unfold("left");
    },
    followChosen(): void {
      map.follow(map.following.value ? null : (selected.value ?? people.value[0]?.row ?? null));
      if (map.following.value && selected.value === null) selected.value = people.value[0]?.row ?? null;
    },
  };
}
