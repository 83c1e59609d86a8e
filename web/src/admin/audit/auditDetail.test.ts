import { describe, expect, it } from "vitest";
import { adminEn } from "../../i18n/admin.en";
import { auditDetail } from "./auditDetail";

describe("auditDetail", () => {
  it.each([
    ["change-duty", "on", "dutyOn", {}],
    ["change-worker", "from 140106001 to 140106002", "moved", { area: "140106001", newArea: "140106002" }],
    ["remove-worker", "3 devices revoked", "devicesRevoked", { n: "3" }],
    ["add-account", "night, desk, dispatcher", "account", { who: "night, desk", role: "dispatcher" }],
    [
      "open-track",
      "2026-01-31T08:00:00.0000000+00:00/2026-01-31T09:00:00.0000000+00:00",
      "trackSpan",
      { from: "2026-01-31T08:00:00.0000000+00:00", to: "2026-01-31T09:00:00.0000000+00:00" },
    ],
    ["open-track", "a/b area=140106", "trackSpanIn", { from: "a", to: "b", area: "140106" }],
    ["open-track", "summary a/b raw", "summarySpan", { from: "a", to: "b" }],
    ["follow", "track from a on", "trackOn", { from: "a" }],
    ["follow", "track from a on area=140106", "trackOnIn", { from: "a", area: "140106" }],
    ["read-notes", "notes a/b", "notesSpan", { from: "a", to: "b" }],
    ["import-roster", "300 rows: 2 added, 1 changed; ab12", "imported", { rows: "300", added: "2", changed: "1" }],
  ])("reads what %s wrote: %s", (action, detail, key, values) =>
    expect(auditDetail(action, detail)).toEqual({ key, values }),
  );

  it("tells both ends of a changed account", () =>
    expect(auditDetail("change-account", "amy, wall to supervisor, 1401 to 140106")?.values).toEqual({
      who: "amy",
      role: "wall",
      newRole: "supervisor",
      area: "1401",
      newArea: "140106",
    }));

  it("has words for every form", () => {
    for (const key of [
      "dutyOn",
      "dutyOff",
      "moved",
      "devicesRevoked",
      "account",
      "accountChanged",
      "imported",
      "trackSpan",
      "trackSpanIn",
      "trackOn",
      "trackOnIn",
      "summarySpan",
      "notesSpan",
      "byApi",
    ])
      expect(adminEn.auditDetail).toHaveProperty(key);
  });

  it("leaves what it does not know as it is", () => {
    expect(auditDetail("pair-kiosk", "on")).toBeNull();
    expect(auditDetail("change-duty", "perhaps")).toBeNull();
  });
});
