import { computed, reactive, ref, watch } from "vue";
import { type AttachmentLimits, refusalOfFile } from "../state/attachments";
import { addAlarmNote, MOST_ALARM_NOTE, sendAttachment } from "../wire/alarmNotesApi";
import { ApiProblem } from "../wire/api";
import { newId } from "../wire/notesApi";

const KNOWN = [
  "alarm-too-old",
  "alarm-erased",
  "alarm-full",
  "attachments-full",
  "attachment-type",
  "too-large",
  "rate-limited",
  "busy",
];
/** Alarms whose unsent words are remembered while others are looked at. */
const MOST_DRAFTS = 20;

/** A key of alarmDesk.notes.problem. */
export function problemOfNote(error: unknown): string {
  if (!(error instanceof ApiProblem)) return "failed";
  if (error.reason && KNOWN.includes(error.reason)) return error.reason;
  if (error.status === 403) return "forbidden";
  return [0, 502, 503, 504].includes(error.status) ? "away" : "failed";
}

/** A file on its way to the server, or why it is not. */
export interface Upload {
  /** Names it for the server, so that another try is the same file. */
  id: string;
  name: string;
  size: number;
  state: "waiting" | "sending" | "failed";
  /** From 0 to 1. */
  progress: number;
  /** A key of alarmDesk.notes.problem; null while nothing is wrong. */
  problem: string | null;
  /** Another try can help. */
  again: boolean;
}

interface Draft {
  text: string;
  /** Of the note that was sent and not answered: another try is the same note. */
  request: { id: string; text: string } | null;
}

const drafts = new Map<string, Draft>();

export interface NoteDeps {
  alarm: () => string;
  csrf: () => string;
  limits: () => AttachmentLimits;
  /** Files that are there. */
  taken: () => number;
  /** Something was added. */
  added: () => void;
  signedOut: () => void;
}

/** Writes notes and sends files, one after another. What was not taken stays, to be tried again. */
export function useAlarmNotes(deps: NoteDeps) {
  const text = ref("");
  const busy = ref(false);
  const problem = ref<string | null>(null);
  const uploads = ref<Upload[]>([]);
  const files = new Map<string, { alarm: string; file: File }>();
  let draft: Draft = { text: "", request: null };
  let sending = false;

  watch(
    deps.alarm,
    (alarm) => {
      draft = drafts.get(alarm) ?? { text: "", request: null };
      text.value = draft.text;
      problem.value = null;
      uploads.value = [];
      files.clear();
    },
    { immediate: true },
  );
  watch(
    text,
    (now) => {
      draft.text = now;
      const alarm = deps.alarm();
      drafts.delete(alarm);
      if (now.trim() !== "") drafts.set(alarm, draft);
      if (drafts.size > MOST_DRAFTS) drafts.delete([...drafts.keys()][0]);
    },
    { flush: "sync" },
  );

  const left = computed(() => MOST_ALARM_NOTE - text.value.trim().length);
  const maySend = computed(() => !busy.value && text.value.trim() !== "" && left.value >= 0);

  async function send(): Promise<void> {
    if (!maySend.value) return;
    const [alarm, said, mine] = [deps.alarm(), text.value, draft];
    if (mine.request?.text !== said) mine.request = { id: newId(), text: said };
    busy.value = true;
    problem.value = null;
    try {
      await addAlarmNote(alarm, { id: mine.request.id, text: said.trim() }, deps.csrf());
      mine.request = null;
      if (drafts.get(alarm)?.text === said) drafts.delete(alarm);
      if (alarm !== deps.alarm()) return;
      if (text.value === said) text.value = "";
      deps.added();
    } catch (error) {
      if (error instanceof ApiProblem && error.status === 401) deps.signedOut();
      else if (alarm === deps.alarm()) problem.value = problemOfNote(error);
    } finally {
      busy.value = false;
    }
  }

  function add(chosen: Iterable<File>): void {
    for (const file of chosen) {
      const standing = uploads.value.filter((one) => one.state !== "failed").length;
      const refused = refusalOfFile(file, deps.taken() + standing, deps.limits());
      const state = refused ? "failed" : "waiting";
      const upload: Upload = {
        id: newId(),
        name: file.name,
        size: file.size,
        state,
        progress: 0,
        problem: refused,
        again: false,
      };
      if (!refused) files.set(upload.id, { alarm: deps.alarm(), file });
      uploads.value.push(reactive(upload));
    }
    void sendFiles();
  }

  function retry(upload: Upload): void {
    Object.assign(upload, { state: "waiting", problem: null, progress: 0 });
    void sendFiles();
  }

  function drop(upload: Upload): void {
    files.delete(upload.id);
    uploads.value = uploads.value.filter((one) => one.id !== upload.id);
  }

  async function sendFiles(): Promise<void> {
    if (sending) return;
    sending = true;
    try {
      for (;;) {
        const next = uploads.value.find((one) => one.state === "waiting");
        const what = next && files.get(next.id);
        if (!next || !what) return;
        await sendOne(next, what.alarm, what.file);
      }
    } finally {
      sending = false;
    }
  }

  async function sendOne(upload: Upload, alarm: string, file: File): Promise<void> {
    upload.state = "sending";
    try {
      await sendAttachment(alarm, upload.id, file, deps.csrf(), (part) => {
        upload.progress = part;
      });
      if (alarm !== deps.alarm()) return;
      drop(upload);
      deps.added();
    } catch (error) {
      if (error instanceof ApiProblem && error.status === 401) deps.signedOut();
      upload.problem = problemOfNote(error);
      upload.again = ["away", "failed", "rate-limited", "busy"].includes(upload.problem);
      upload.state = "failed";
    }
  }

  return { text, left, busy, problem, uploads, maySend, send, add, retry, drop };
}
