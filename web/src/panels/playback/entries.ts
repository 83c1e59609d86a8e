import type { TrackSummary } from "../../wire/contracts.gen";

/** A row of the list beside the map, clock ms. */
export interface Entry {
  kind: "trip" | "stop" | "gap" | "visit";
  from: number;
  to: number;
  /** Its number among its kind, from 1. */
  n: number;
  area: string | null;
  meters: number | null;
  averageMps: number | null;
  place: [longitude: number, latitude: number] | null;
}

const blank = { area: null, meters: null, averageMps: null, place: null };

/** Trips, stops and silences in order of time. */
export function entriesOf(summary: TrackSummary, offsetMs: number): Entry[] {
  const at = (iso: string): number => Date.parse(iso) + offsetMs;
  return [
    ...summary.trips.map((trip, n) => ({
      ...blank,
      kind: "trip" as const,
      from: at(trip.from),
      to: at(trip.to),
      n: n + 1,
      meters: trip.lengthMeters,
      averageMps: trip.averageSpeedMps,
    })),
    ...summary.stops.map((stop, n) => ({
      ...blank,
      kind: "stop" as const,
      from: at(stop.from),
      to: at(stop.to),
      n: n + 1,
      area: stop.area,
      place: [stop.longitude, stop.latitude] as [number, number],
    })),
    ...summary.gaps.map((gap, n) => ({ ...blank, kind: "gap" as const, from: at(gap.from), to: at(gap.to), n: n + 1 })),
  ].sort((a, b) => a.from - b.from);
}

export const visitsOf = (summary: TrackSummary, offsetMs: number): Entry[] =>
  summary.visits.map((visit, n) => ({
    ...blank,
    kind: "visit" as const,
    from: Date.parse(visit.from) + offsetMs,
    to: Date.parse(visit.to) + offsetMs,
    n: n + 1,
    area: visit.area,
    meters: visit.lengthMeters,
  }));
