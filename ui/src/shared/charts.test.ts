import { describe, expect, it } from "vitest";
import { bandOf, point, polygon, wrapLabel } from "./charts";

describe("net", () => {
  it("begins at the top and goes clockwise", () => {
    expect(point(0, 4, 1, 100)).toEqual({ x: 0, y: -100 });
    expect(point(1, 4, 1, 100)).toEqual({ x: 100, y: 0 });
  });
  it("keeps values within the net", () => {
    expect(polygon([9, 0, -1, 5], 5, 10)).toBe("0,-10 0,0 0,0 -10,0");
  });
});

it("wraps labels into three lines at most", () => {
  expect(wrapLabel("Testing", 10)).toEqual(["Testing"]);
  expect(wrapLabel("Error handling and resilience", 16)).toEqual(["Error handling", "and resilience"]);
  expect(wrapLabel("Interface documentation and contracts", 14)).toEqual(["Interface", "documentation", "and contracts"]);
  expect(wrapLabel("Interface documentation and contracts of it all", 14)).toEqual(["Interface", "documentation", "and contracts…"]);
  expect(wrapLabel("Konfigurationsverwaltung", 14)).toEqual(["Konfigurationsverwaltung"]);
});

it("bands a score as the plan does", () => {
  expect([bandOf(1, 4), bandOf(1, 5), bandOf(2, 5), bandOf(3, 5), bandOf(5, 5)]).toEqual(["low", "medium", "high", "critical", "critical"]);
});
