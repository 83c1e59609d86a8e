import type { AlarmNews, WallAlarm } from "../wire/contracts.gen";

/** Of alarms that are over, remembered so that news that was overtaken on its way does not bring one back. */
const MOST_OVER = 2000;

/** What one piece of news changed. */
export interface AlarmChange {
  /** Raised alarms this wall did not know. */
  fresh: WallAlarm[];
  /** Raised before, and escalated or pressed again now. */
  louder: WallAlarm[];
  /** Ids of those that are over. */
  over: string[];
}

export const isRaised = (alarm: WallAlarm): boolean => alarm.state === "raised";
export const isOver = (alarm: WallAlarm): boolean => alarm.state === "resolved" || alarm.state === "falseAlarm";
export const isUrgent = (alarm: WallAlarm): boolean => alarm.priority <= 1;

/** All open alarms in the viewer's area, from the news of the wire. */
export class AlarmBook {
  /** Counts changes, for whoever follows them. */
  revision = 0;
  /** What the server does without: alarms come all the same. */
  away: AlarmNews["away"] = "";
  /** False until the first full news: "none" is no answer before. */
  known = false;
  private readonly open = new Map<string, WallAlarm>();
  /** Versions up to which news of an alarm that is over is old. */
  private readonly over = new Map<string, number>();

  take(news: AlarmNews): AlarmChange {
    const change: AlarmChange = { fresh: [], louder: [], over: [] };
    if (news.full) this.closeAllBut(new Set(news.alarms.map((alarm) => alarm.id)), change);
    for (const alarm of news.alarms) this.takeOne(alarm, change);
    this.away = news.away;
    this.known ||= news.full;
    this.revision++;
    return change;
  }

  find(id: string | null): WallAlarm | null {
    return (id && this.open.get(id)) || null;
  }

  /** What was last heard of it, open or over; null: nothing. */
  versionOf(id: string): number | null {
    return this.open.get(id)?.version ?? this.over.get(id) ?? null;
  }

  /** Raised ones first, then by priority, drills behind what is meant, the longest waiting first. */
  queue(): WallAlarm[] {
    return [...this.open.values()].sort(byUrgency);
  }

  private takeOne(alarm: WallAlarm, change: AlarmChange): void {
    const before = this.open.get(alarm.id);
    if (before ? alarm.version <= before.version : alarm.version <= (this.over.get(alarm.id) ?? -1)) return;
    if (isOver(alarm)) {
      this.close(alarm.id, alarm.version);
      if (before) change.over.push(alarm.id);
      return;
    }
    this.open.set(alarm.id, alarm);
    this.over.delete(alarm.id);
    if (!isRaised(alarm)) return;
    if (!before || !isRaised(before)) change.fresh.push(alarm);
    else if (alarm.level > before.level || alarm.repeats > before.repeats) change.louder.push(alarm);
  }

  /** What a full one leaves out is over at the version known here, or was not yet heard of there: the same version may come back. */
  private closeAllBut(ids: ReadonlySet<string>, change: AlarmChange): void {
    for (const [id, { version }] of [...this.open]) {
      if (ids.has(id)) continue;
      this.close(id, version - 1);
      change.over.push(id);
    }
  }

  private close(id: string, version: number): void {
    this.open.delete(id);
    this.over.set(id, version);
    if (this.over.size <= MOST_OVER) return;
    const [oldest] = this.over.keys();
    this.over.delete(oldest);
  }
}

export function byUrgency(a: WallAlarm, b: WallAlarm): number {
  return (
    Number(isRaised(b)) - Number(isRaised(a)) ||
    a.priority - b.priority ||
    Number(a.exercise) - Number(b.exercise) ||
    a.waitsSince - b.waitsSince ||
    (a.id < b.id ? -1 : 1)
  );
}

/** urgent: rings on until somebody acknowledges; short: once in a while; null: silence. */
export type Ring = "urgent" | "short" | null;

export function ringOf(alarms: readonly WallAlarm[]): Ring {
  const raised = alarms.filter(isRaised);
  if (raised.some(isUrgent)) return "urgent";
  return raised.some((alarm) => alarm.priority === 2) ? "short" : null;
}

/** How long it has been waiting since it arrived or was opened again, in ms of server time: until somebody acknowledged it, else until now. */
export const waitedMs = (alarm: WallAlarm, now: number): number =>
  Math.max(0, (alarm.acknowledgedAt ?? now) - alarm.waitsSince);

/** A running clock: 0:07, 12:45, 1:02:03. */
export function clockText(ms: number): string {
  const s = Math.floor(ms / 1000);
  const two = (n: number) => String(n).padStart(2, "0");
  const [h, m] = [Math.floor(s / 3600), Math.floor(s / 60) % 60];
  return h > 0 ? `${h}:${two(m)}:${two(s % 60)}` : `${m}:${two(s % 60)}`;
}

/** Which alarms the server has been told are on this screen: each version once, and again after a break, which may have lost it. */
export class ShownAlarms {
  private readonly told = new Map<string, number>();

  /** After a full news. */
  forget(): void {
    this.told.clear();
  }

  /** Of what stands on the screen now, what the server does not know. */
  due(painted: Iterable<WallAlarm>): WallAlarm[] {
    const due: WallAlarm[] = [];
    for (const alarm of painted) {
      if ((this.told.get(alarm.id) ?? -1) >= alarm.version) continue;
      this.told.set(alarm.id, alarm.version);
      due.push(alarm);
    }
    return due;
  }
}
