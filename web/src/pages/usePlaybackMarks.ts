import { computed, type Ref, ref, shallowRef, watch } from "vue";
import { useI18n } from "vue-i18n";
import { type Mark, marksOf } from "../panels/playback/marks";
import type { Roster } from "../panels/playback/roster";
import { useWords } from "../panels/words";
import { SosFinder } from "../state/playback/sos";
import type { Session } from "../wire/api";
import type { TrackNote } from "../wire/contracts.gen";
import { addTrackNote, newId, removeTrackNote, trackNotes } from "../wire/notesApi";
import { trackKey, type usePlayback } from "./usePlayback";
import type { Someone } from "./usePlaybackLanes";

interface Wants {
  session: Session;
  play: ReturnType<typeof usePlayback>;
  person: Ref<Someone | null>;
  names: Roster["names"];
  explain: (error: unknown) => string;
}

/** Calls for help, found in the fixes themselves, and the notes of those who are replayed; of an area, of the chosen one. */
export function usePlaybackMarks({ session, play, person, names, explain }: Wants) {
  const { t } = useI18n();
  const words = useWords();
  const { player, plan, survey, tracks } = play;
  const finder = new SosFinder();
  const notes = shallowRef<readonly TrackNote[]>([]);
  const problem = ref<string | null>(null);
  const busy = ref(false);
  let asked = 0;

  const calls = computed(() => (survey.value >= 0 && tracks.value ? finder.find(player.book.tracks) : []));
  /** Calls for help beyond the most that are listed. */
  const callsCut = computed(() => (calls.value ? finder.more : 0));
  const days = computed(() => {
    const { value: now } = plan;
    if (!now) return [];
    const span = { from: now.span.from, to: Math.max(now.span.to, play.figures.value.to) };
    const day = (set: number, by: number) => ({
      set,
      offsetMs: by === 0 ? 0 : -by,
      span: { from: span.from + by, to: span.to + by },
    });
    return now.shift === 0 ? [day(0, 0)] : [day(0, 0), day(1, now.shift)];
  });

  const nameOf = (code: string): string => names.get(code)?.name ?? code;
  const marks = computed<Mark[]>(() =>
    marksOf(
      calls.value,
      notes.value,
      (row) => {
        const track = player.book.tracks[row];
        const code = track?.name?.worker;
        return code ? { row, set: track.set, code, name: track.name?.name ?? code } : null;
      },
      (set, code) => player.book.find(set, code)?.row ?? null,
      days.value,
      trackKey,
      {
        sos: (name) => t("playback.marks.sosOf", { name }),
        sosBy: (sos) =>
          [t("playback.marks.count", { n: words.number(sos.count) }), sos.isLate ? t("playback.marks.late") : ""]
            .filter(Boolean)
            .join(" · "),
        noteBy: ({ author, createdAt }) => {
          const at = Date.parse(createdAt);
          return t("playback.marks.who", { author, time: `${words.date(at)} ${words.shortTime(at)}` });
        },
      },
      nameOf,
    ),
  );

  /** @param keeps what is shown stays when it cannot be read anew */
  async function load(keeps = false): Promise<void> {
    const { value: now } = plan;
    const codes = now === null ? [] : now.area === null ? now.workers : person.value ? [person.value.code] : [];
    const mine = ++asked;
    problem.value = null;
    const why = play.reason.value;
    if (codes.length === 0 || !why) {
      notes.value = [];
      return;
    }
    try {
      const found: TrackNote[] = [];
      for (const { span } of days.value) found.push(...(await trackNotes({ workers: codes, ...span }, why)));
      if (mine === asked) notes.value = [...new Map(found.map((note) => [note.id, note])).values()];
    } catch (error) {
      if (mine !== asked) return;
      if (!keeps) notes.value = [];
      problem.value = t("playback.marks.failed", { detail: explain(error) });
    }
  }

  /** At the moment the clock stands at, on whom is chosen. True when it is kept. */
  async function add(text: string, ms: number): Promise<boolean> {
    const { value: who } = person;
    if (!who || busy.value) return false;
    busy.value = true;
    problem.value = null;
    try {
      const note = await addTrackNote(
        { id: newId(), worker: who.code, at: new Date(Math.round(ms - who.offsetMs)).toISOString(), text },
        session.csrf,
      );
      asked++; // What was on its way does not know it yet.
      notes.value = [...notes.value.filter((one) => one.id !== note.id), note];
      return true;
    } catch (error) {
      problem.value = t("playback.marks.notSaved", { detail: explain(error) });
      return false;
    } finally {
      busy.value = false;
    }
  }

  async function remove(mark: Mark): Promise<void> {
    const note = notes.value.find((one) => mark.id.startsWith(one.id));
    if (!note || busy.value) return;
    busy.value = true;
    problem.value = null;
    try {
      await removeTrackNote(note.id, session.csrf);
      asked++;
      notes.value = notes.value.filter((one) => one !== note);
    } catch (error) {
      problem.value = t("playback.marks.notRemoved", { detail: explain(error) });
    } finally {
      busy.value = false;
    }
  }

  watch(plan, () => {
    finder.clear();
    notes.value = [];
    void load();
  });
  watch(play.freshened, () => void load(true));
  // Of an area notes come with whom is looked at.
  watch(
    () => (plan.value?.area == null ? null : (person.value?.code ?? null)),
    (code, before) => code !== before && void load(),
  );

  return { marks, callsCut, problem, busy, add, remove, load };
}
