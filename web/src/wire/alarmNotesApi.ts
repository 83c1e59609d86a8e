import { call } from "./api";
import type { AlarmAttachment, AlarmNoteReceipt } from "./contracts.gen";
import { ApiProblem, problemOf, retryAfter } from "./rawCall";

/** As the server has it. */
export const MOST_ALARM_NOTE = 500;
/** A large file over a thin line. */
const SENT_WITHIN_MS = 600_000;

const at = (alarm: string, what: string): string => `/api/alarms/${encodeURIComponent(alarm)}/${what}`;

/** The id is the page's: sent again it is the same note. */
export const addAlarmNote = (
  alarm: string,
  note: { id: string; text: string },
  csrf: string,
): Promise<AlarmNoteReceipt> => call("POST", at(alarm, "notes"), { body: note, csrf });

/** Where a file is had; each look is on the audit trail. */
export const attachmentAt = (alarm: string, file: string): string =>
  at(alarm, `attachments/${encodeURIComponent(file)}`);

/**
 * Sends a file; the id is the page's: sent again it is the same file. Not by fetch, which does not say how far it has come.
 * @param progress from 0 to 1
 */
export function sendAttachment(
  alarm: string,
  id: string,
  file: File,
  csrf: string,
  progress: (part: number) => void,
): Promise<AlarmAttachment> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("POST", `${at(alarm, "attachments")}?${new URLSearchParams({ id, name: file.name })}`);
    request.timeout = SENT_WITHIN_MS;
    request.setRequestHeader("Accept", "application/json");
    request.setRequestHeader("Content-Type", file.type || "application/octet-stream");
    request.setRequestHeader("X-CSRF-Token", csrf);
    request.upload.onprogress = (event) => event.lengthComputable && progress(event.loaded / event.total);
    const lost = () => reject(new ApiProblem(0, null, null, null));
    request.onerror = lost;
    request.ontimeout = lost;
    request.onabort = lost;
    request.onload = () => {
      const { status, responseText: text } = request;
      let json: unknown;
      try {
        json = JSON.parse(text);
      } catch {
        json = undefined;
      }
      if (status >= 200 && status <= 299 && json !== undefined) resolve(json as AlarmAttachment);
      else
        reject(
          problemOf({ status, json, text, retryAfterSeconds: retryAfter(request.getResponseHeader("Retry-After")) }),
        );
    };
    request.send(file);
  });
}
