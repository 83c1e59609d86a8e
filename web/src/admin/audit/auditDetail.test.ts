import { describe, expect, it } from "vitest";
import { adminEn } from "../../i18n/admin.en";
import { auditDetail } from "./auditDetail";

describe("auditDetail", () => {
  it.each([
    ["change-duty", "on", "dutyOn", {}],
    ["change-worker", "from 140106001 to 140106002", "moved", { area: "140106001", newArea: "140106002" }],
    ["remove-worker", "3 devices revoked", "devicesRevoked", { n: "3" }],
    ["add-account", "night, desk, dispatcher", "account", { who: "night, desk", role: "dispatcher" }],
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
      "byApi",
    ])
      expect(adminEn.auditDetail).toHaveProperty(key);
  });

  it("leaves what it does not know as it is", () => {
    expect(auditDetail("pair-kiosk", "on")).toBeNull();
    expect(auditDetail("change-duty", "perhaps")).toBeNull();
  });
});
