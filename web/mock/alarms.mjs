/** Alarms for the stand-in server: some open ones, acted on in memory. GET /mock/press raises one; ?away=redis tells a store is away. */
import { randomUUID } from "node:crypto";

const STEPS = { acknowledge: "acknowledged", reopen: "reopened" };

export function makeAlarms(workers, news) {
  const alarms = new Map();
  let away = "";

  const wall = ({ ledger, note, closedAt, ...alarm }) => alarm;
  const iso = (ms) => (ms == null ? null : new Date(ms).toISOString());
  const info = ({ ledger, note, version, ...alarm }) => ({
    ...alarm,
    occurredAt: iso(alarm.occurredAt),
    arrivedAt: iso(alarm.arrivedAt),
    acknowledgedAt: iso(alarm.acknowledgedAt),
    closedAt: iso(alarm.closedAt),
  });
  const isOpen = (alarm) => !["resolved", "falseAlarm"].includes(alarm.state);
  const full = () => ({ full: true, time: Date.now(), away, alarms: [...alarms.values()].filter(isOpen).map(wall) });

  function step(alarm, name, by, text = null) {
    alarm.version++;
    const number = alarm.ledger.length + 1;
    alarm.ledger.push({ number, at: iso(Date.now()), step: name, by, text, hash: randomUUID().replaceAll("-", "") });
    news({ full: false, time: Date.now(), away, alarms: [wall(alarm)] });
  }

  function press(kind = "sos", more = {}) {
    const worker = workers[Math.floor(Math.random() * workers.length)];
    const alarm = {
      id: randomUUID(),
      version: 0,
      kind,
      priority: { sos: 1, lostContact: 2, information: 4 }[kind] ?? 3,
      state: "raised",
      worker: worker.code,
      name: worker.name,
      area: worker.area,
      place: worker.area,
      occurredAt: Date.now(),
      arrivedAt: Date.now(),
      late: false,
      offDuty: false,
      exercise: false,
      longitude: worker.lon,
      latitude: worker.lat,
      accuracyMeters: 12,
      level: 0,
      repeats: 0,
      acknowledgedBy: null,
      acknowledgedAt: null,
      closedAt: null,
      note: "请求支援",
      ledger: [],
      ...more,
    };
    alarms.set(alarm.id, alarm);
    step(alarm, "raised", null, alarm.note);
    return alarm.id;
  }

  function act(alarm, what, body) {
    if (what === "acknowledge")
      Object.assign(alarm, { state: "acknowledged", acknowledgedBy: "wall", acknowledgedAt: Date.now() });
    else if (what === "resolve") Object.assign(alarm, { state: body.outcome, closedAt: Date.now() });
    else Object.assign(alarm, { state: "raised", closedAt: null, acknowledgedBy: null, acknowledgedAt: null });
    step(alarm, STEPS[what] ?? body.outcome, "wall", body.reason ?? null);
    return info(alarm);
  }

  /** @returns status and body; null when the path is not an alarm's */
  function answer(method, url, body) {
    const query = url.searchParams;
    if (url.pathname === "/mock/press") {
      if (query.has("away")) {
        away = query.get("away");
        news(full());
        return [200, {}];
      }
      return [200, { id: press(query.get("kind") ?? "sos", JSON.parse(query.get("more") ?? "{}")) }];
    }
    if (url.pathname === "/api/alarms" && method === "POST")
      return [201, { id: press(body.kind, { note: body.note }) }];
    if (url.pathname === "/api/alarms") {
      const wanted = (alarm) =>
        (!query.get("state") || (query.get("state") === "open" ? isOpen(alarm) : alarm.state === query.get("state"))) &&
        (!query.get("kind") || alarm.kind === query.get("kind"));
      return [200, { items: [...alarms.values()].filter(wanted).toReversed().map(info), next: null }];
    }
    const [, id, what] = /^\/api\/alarms\/([\w-]+)(?:\/(\w+))?$/.exec(url.pathname) ?? [];
    if (!id) return null;
    const alarm = alarms.get(id);
    if (!alarm) return [403, { detail: "There is no such alarm in your area." }];
    if (what) return [200, act(alarm, what, body ?? {})];
    const { note, ledger } = alarm;
    return [200, { ...info(alarm), note, phone: "138 0000 0000", ledger, intact: true, stored: true }];
  }

  return { full, answer, heartbeat: () => ({ full: false, time: Date.now(), away, alarms: [] }) };
}
