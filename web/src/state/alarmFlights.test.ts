import { describe, expect, it } from "vitest";
import { AlarmFlights, LOOK_MS } from "./alarmFlights";
import { alarm } from "./alarmTesting";

const flightsTo = (...alarms: ReturnType<typeof alarm>[]) => {
  const flights = new AlarmFlights();
  flights.add(alarms, 0);
  return flights;
};

describe("AlarmFlights", () => {
  const a = alarm({ id: "a" });
  const b = alarm({ id: "b" });
  const all = (id: string) => [a, b].find((one) => one.id === id) ?? null;

  it("goes to a new urgent alarm once", () => {
    const flights = flightsTo(a);
    expect(flights.next(all, 0, false)).toBe(a);
    flights.add([a], 1);
    expect(flights.next(all, LOOK_MS * 2, false)).toBeNull();
  });

  it("looks at one place for a while before the next", () => {
    const flights = flightsTo(a, b);
    expect(flights.next(all, 0, false)).toBe(a);
    expect(flights.next(all, LOOK_MS - 1, false)).toBeNull();
    expect(flights.next(all, LOOK_MS, false)).toBe(b);
  });

  it("goes to what is meant before what is a drill", () => {
    const drill = alarm({ id: "a", exercise: true });
    expect(flightsTo(drill, b).next((id) => (id === "a" ? drill : b), 0, false)).toBe(b);
  });

  it("waits while somebody has the map in hand, and lets it be when that takes long", () => {
    const flights = flightsTo(a);
    expect(flights.next(all, 1000, true)).toBeNull();
    expect(flights.next(all, 2000, false)).toBe(a);
    const late = flightsTo(a);
    expect(late.next(all, 40_000, false)).toBeNull();
  });

  it("leaves out what was acknowledged meanwhile, and lesser alarms", () => {
    const seen = alarm({ id: "a", state: "acknowledged" });
    expect(flightsTo(a).next(() => seen, 0, false)).toBeNull();
    expect(flightsTo(alarm({ id: "a", priority: 2 })).next(all, 0, false)).toBeNull();
  });
  it("waits for a place without keeping the others waiting", () => {
    const [placeless, other] = [alarm({ id: "a" }), alarm({ id: "b" })];
    const flights = flightsTo(placeless, other);
    expect(flights.next((id) => (id === "b" ? other : null), 0, false)).toBe(other);
    expect(flights.next((id) => (id === "b" ? other : placeless), LOOK_MS, false)).toBe(placeless);
  });
  it("goes to each in turn on a wall nobody stands at", () => {
    const flights = new AlarmFlights(true);
    const all = ["a", "b", "c", "d", "e", "f"].map((id) => alarm({ id }));
    flights.add(all, 0);
    const flown = all.map(
      (_, n) => flights.next((id) => all.find((one) => one.id === id) ?? null, n * LOOK_MS, false)?.id,
    );
    expect(new Set(flown).size).toBe(6);
  });
});
