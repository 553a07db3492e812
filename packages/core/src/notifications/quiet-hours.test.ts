import { describe, expect, test } from "vitest";
import { isTimeZone, quietUntil } from "./quiet-hours.ts";

const every = [1, 2, 3, 4, 5, 6, 7];
const night = { days: every, from: "22:00", to: "07:00" };

function end(zone: string, times: { days: number[]; from: string; to: string }[], at: string): string | null {
  const until = quietUntil({ zone, times }, Date.parse(at), "UTC");
  return until === null ? null : until === Infinity ? "never" : new Date(until).toISOString().replace(":00.000Z", "Z");
}

describe("hours in which nobody is to be disturbed", () => {
  test.each<[string, string, { days: number[]; from: string; to: string }[], string, string | null]>([
    ["before they begin", "UTC", [night], "2026-11-23T21:59Z", null],
    ["from their first minute", "UTC", [night], "2026-11-23T22:00Z", "2026-11-24T07:00Z"],
    ["after midnight", "UTC", [night], "2026-11-24T06:59Z", "2026-11-24T07:00Z"],
    ["when they are over", "UTC", [night], "2026-11-24T07:00Z", null],
    ["by the wall clock of the zone", "Asia/Kolkata", [night], "2026-11-23T16:30Z", "2026-11-24T01:30Z"],
    ["across midnight they belong to the day they begin on: Friday's reach into Saturday", "UTC", [{ ...night, days: [5] }], "2026-11-28T03:00Z", "2026-11-28T07:00Z"],
    ["and Thursday's would not", "UTC", [{ ...night, days: [5] }], "2026-11-27T03:00Z", null],
    ["Sunday's reach into Monday", "UTC", [{ ...night, days: [7] }], "2026-11-23T03:00Z", "2026-11-23T07:00Z"],
    ["a whole day", "UTC", [{ days: [6], from: "00:00", to: "00:00" }], "2026-11-28T12:00Z", "2026-11-29T00:00Z"],
    ["times that meet", "UTC", [{ days: [1], from: "09:00", to: "12:00" }, { days: [1], from: "12:00", to: "14:00" }], "2026-11-23T10:00Z", "2026-11-23T14:00Z"],
    ["times that overlap", "UTC", [{ days: [1], from: "09:00", to: "13:00" }, { days: [1], from: "12:00", to: "14:00" }], "2026-11-23T12:30Z", "2026-11-23T14:00Z"],
    ["always", "UTC", [{ days: every, from: "00:00", to: "00:00" }], "2026-11-23T12:30Z", "never"],
    // Berlin puts the clock forward on 29 March 2026 at 02:00, back on 25 October at 03:00.
    ["a night an hour shorter", "Europe/Berlin", [night], "2026-03-28T21:00Z", "2026-03-29T05:00Z"],
    ["and not yet an hour before", "Europe/Berlin", [night], "2026-03-28T20:59Z", null],
    ["a night an hour longer", "Europe/Berlin", [night], "2026-10-24T20:00Z", "2026-10-25T06:00Z"],
    ["an end that the clock jumps over is the jump", "Europe/Berlin", [{ days: every, from: "22:00", to: "02:30" }], "2026-03-29T00:59Z", "2026-03-29T01:00Z"],
    ["a beginning that the clock jumps over is the jump", "Europe/Berlin", [{ days: [7], from: "02:30", to: "04:00" }], "2026-03-29T01:00Z", "2026-03-29T02:00Z"],
    ["a beginning that comes twice is the first", "Europe/Berlin", [{ days: [7], from: "02:30", to: "04:00" }], "2026-10-25T00:30Z", "2026-10-25T03:00Z"],
    ["between the two", "Europe/Berlin", [{ days: [7], from: "02:30", to: "04:00" }], "2026-10-25T01:00Z", "2026-10-25T03:00Z"],
    ["half an hour is put forward too", "Australia/Lord_Howe", [night], "2026-10-03T12:00Z", "2026-10-03T20:00Z"],
  ])("%s", (_, zone, times, at, expected) => {
    expect(end(zone, times, at)).toBe(expected);
  });

  test("without a zone, by that of the device", () => {
    expect(quietUntil({ zone: null, times: [night] }, Date.parse("2026-11-23T14:00Z"), "Asia/Tokyo")).toBe(Date.parse("2026-11-23T22:00Z"));
    expect(quietUntil({ zone: null, times: [night] }, Date.parse("2026-11-23T14:00Z"), "UTC")).toBeNull();
  });

  test("zones are known by name", () => {
    expect([isTimeZone("Europe/Berlin"), isTimeZone("Mars/Olympus")]).toEqual([true, false]);
  });
});
