import { describe, expect, it } from "vitest";
import { parseDay, parseNumber, plainNumber } from "./numbers";

describe("parseNumber", () => {
  it.each([
    ["1250", "en", 1250],
    ["1,250.5", "en", 1250.5],
    ["1.250,5", "de", 1250.5],
    ["1 250", "en", 1250],
    ["0.5", "en", 0.5],
    ["0,5", "en", 0.5],
    ["0,500", "en", 0.5],
    ["0,125", "de", 0.125],
    ["1,250", "en", 1250],
    ["1,250", "de", 1.25],
    ["1.250", "de", 1250],
    ["1.250.000", "en", 1250000],
    ["-3", "en", -3],
    ["", "en", null],
    ["abc", "en", "wrong"],
    ["1.25.3", "en", "wrong"],
    ["1,2,3.4,5", "en", "wrong"],
  ] as const)("%s in %s is %s", (typed, language, value) => expect(parseNumber(typed, language)).toBe(value));

  it("reads what it writes", () => {
    for (const value of [0, 0.125, 0.1 + 0.2, 1250, -17.5, 123456.789]) {
      for (const language of ["en", "de"] as const) expect(parseNumber(plainNumber(value, language), language)).toBeCloseTo(value, 6);
    }
  });
});

describe("parseDay", () => {
  it.each([
    ["2026-11-22", "2026-11-22"],
    ["22.11.2026", "2026-11-22"],
    ["2026-2-3", "2026-02-03"],
    ["", null],
    ["2026-02-30", "wrong"],
    ["soon", "wrong"],
  ] as const)("%s is %s", (typed, day) => expect(parseDay(typed)).toBe(day));
});
