import { describe, expect, it } from "vitest";
import type { Initiative, Phase, Scheduled } from "../../bindings/contract";
import { addDays, arrow, byHorizon, byPhase, daysBetween, dots, effortAt, effortScale, extent, fitted, monthsOf, ordered, span, stepCard, wrongShares } from "./lib";

const initiative = (id: string, fields: Partial<Initiative> = {}): Initiative => ({ id, number: 1, impact: 3, effort: { low: 1, likely: 5, high: 9 }, phase: null, horizon: "30", ...fields }) as Initiative;
const phase = (id: string, number: number): Phase => ({ id, number, name: `P${number}` }) as Phase;
const scheduled = (id: string, fields: Partial<Scheduled>): Scheduled => ({ initiative: id, number: 1, phase: null, theme: null, start: "2027-01-01", end: "2027-01-02", ...fields }) as Scheduled;

describe("the time axis", () => {
  it("counts days over the change of clocks", () => {
    expect(daysBetween("2027-03-27", "2027-03-29")).toBe(2);
    expect(addDays("2027-02-27", 2)).toBe("2027-03-01");
  });
  it("spans whole months and names them", () => {
    expect(span(["2027-03-12", null, "2027-01-11", undefined])).toEqual({ from: "2027-01-01", to: "2027-03-31" });
    expect(span([null])).toBeNull();
    expect(monthsOf("2026-11-01", "2027-02-28")).toEqual(["2026-11-01", "2026-12-01", "2027-01-01", "2027-02-01"]);
  });
  it("knows half days", () => {
    expect(extent({ start: "2027-01-04", end: "2027-01-05", starts_at_noon: true, ends_at_noon: true }, "2027-01-01")).toEqual({ x: 3.5, width: 1 });
    expect(extent({ start: "2027-01-04", end: "2027-01-04", starts_at_noon: false, ends_at_noon: false }, "2027-01-01")).toEqual({ x: 3, width: 1 });
  });
  it("bends a dependency back when its end stands left of its start", () => {
    expect(arrow(10, 0, 40, 20)).toBe("M10,0 H16 V20 H40");
    expect(arrow(10, 0, 12, 20)).toBe("M10,0 H16 V10 H6 V20 H12");
  });
  it("orders by phase, those without one last", () => {
    const work = [scheduled("a", { start: "2027-01-01" }), scheduled("b", { start: "2027-02-01", phase: "p1" }), scheduled("c", { start: "2027-01-05", phase: "p1" })];
    expect(ordered(work, "phase", ["p1"], []).map((each) => each.initiative)).toEqual(["c", "b", "a"]);
    expect(ordered(work, "start", ["p1"], []).map((each) => each.initiative)).toEqual(["a", "c", "b"]);
  });
});

describe("the map", () => {
  it("holds all efforts between the ends of its axis", () => {
    const scale = effortScale([0.5, 130]);
    expect(scale).toMatchObject({ min: 0.25, max: 200 });
    expect(effortAt(0.25, scale)).toBe(0);
    expect(effortAt(200, scale)).toBe(1);
    expect(effortAt(1e9, scale)).toBe(1);
  });
  it("leaves out what is not rated and keeps equals apart", () => {
    const scale = effortScale([5]);
    const placed = dots([initiative("a"), initiative("b"), initiative("c", { impact: null }), initiative("d", { effort: null })], scale, { x: 0.05, y: 0.06 });
    expect(placed.map((dot) => dot.id)).toEqual(["a", "b"]);
    expect(placed[0]?.y).not.toBe(placed[1]?.y);
  });
  it("keeps all readable, within the row of their impact and on their side of the corner", () => {
    const scale = effortScale([5]);
    const size = { x: 0.06, y: 0.1 };
    const edge = effortAt(5, scale);
    const placed = dots(["a", "b", "c", "d", "e"].map((id) => initiative(id)), scale, size, edge);
    for (const [at, dot] of placed.entries()) {
      expect(dot.x).toBeLessThanOrEqual(edge);
      expect(Math.abs(dot.y - 0.5)).toBeLessThanOrEqual(0.1);
      for (const other of placed.slice(at + 1)) expect(Math.hypot((dot.x - other.x) / size.x, (dot.y - other.y) / size.y)).toBeGreaterThan(0.6);
    }
  });
});

describe("the board", () => {
  const phases = [phase("p1", 1), phase("p2", 2)];
  const columns = byPhase([initiative("a", { phase: "p1" }), initiative("b", { phase: "p1" }), initiative("c", { phase: "gone" })], phases, "none");
  it("puts what has no phase into the last column", () => {
    expect(columns.map((column) => column.cards.map((card) => card.id))).toEqual([["a", "b"], [], ["c"]]);
    expect(byHorizon([initiative("a")], { "30": "a", "60": "b", "90": "c", later: "d" })[0]?.cards).toHaveLength(1);
  });
  it("moves by the arrows and stops at the edges", () => {
    expect(stepCard(columns, "a", "ArrowRight")).toEqual({ column: "p2" });
    expect(stepCard(columns, "a", "ArrowLeft")).toBeNull();
    expect(stepCard(columns, "a", "ArrowDown")).toEqual({ after: "b" });
    expect(stepCard(columns, "b", "ArrowUp")).toEqual({ after: null });
    expect(stepCard(columns, "b", "ArrowDown")).toBeNull();
  });
});

describe("shares", () => {
  it("tells a sum that is not the whole", () => {
    expect(wrongShares([{ share: 0.333 }, { share: 0.333 }, { share: 0.334 }])).toBeNull();
    expect(wrongShares([{ share: 0.5 }])).toBe(50);
    expect(wrongShares([])).toBeNull();
  });
});

it("shortens a phase's name to its bar", () => {
  expect(fitted("1 Stabilise", 80)).toBe("1 Stabilise");
  expect(fitted("2 Restore trust", 70)).toBe("2 Restore…");
  expect(fitted("2 Restore trust", 20)).toBe("2");
  expect(fitted("12 Harden", 8)).toBe("");
});
