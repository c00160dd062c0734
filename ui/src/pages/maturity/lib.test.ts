import { describe, expect, it } from "vitest";
import type { Column, LevelFact, MissingFact, Pack, Suggestion } from "../../bindings/contract";
import { anchorsOf, areaItems, areaOf, choicesFor, columnsFor, differingFrom, fitted, levelsOf, moved, neededForNext, stepsBetween, suggestionOf, withCell, withPasted } from "./lib";

const pack: Pack = {
  id: "m",
  areas: [{ id: "1", title: "Design", rubric_columns: ["b"] }, { id: "2", title: "Tests" }],
  rubric: { columns: [{ id: "a", title: "A" }, { id: "b", title: "B" }], levels: [{ level: 1, name: "Ad hoc" }, { level: 5, name: "Optimising" }] },
  steps: [{ from: 1, to: 2 }, { from: 2, to: 3 }, { from: 3, to: 4 }],
};
const columns: Column[] = [
  { id: "name", title: "Name" },
  { id: "status", title: "Status", type: "status", choices: ["Current", "End of support"] },
  { id: "size", title: "Size", type: "number", unit: "kB" },
];

describe("areas", () => {
  const items = areaItems([pack], []);
  it("are found by their own id while nothing was found yet", () => {
    expect(items.map((item) => item.key)).toEqual(["m/1", "m/2"]);
    expect(areaOf(items, "m/2")?.title).toBe("Tests");
  });
  it("show their own columns of the rubric, or all", () => {
    const [first, second] = items as [(typeof items)[0], (typeof items)[0]];
    expect(columnsFor(first, false).map((column) => column.id)).toEqual(["b"]);
    expect(columnsFor(first, true)).toHaveLength(2);
    expect(columnsFor(second, false)).toHaveLength(2);
  });
  it("show the highest level first and name each", () => {
    expect(levelsOf(pack).map((level) => level.level)).toEqual([5, 1]);
    expect(anchorsOf(pack)).toEqual(["Ad hoc", "", "", "", "Optimising"]);
  });
  it("take the steps that lie between now and wanted", () => {
    expect(stepsBetween(pack, 2, 4).map((step) => step.from)).toEqual([2, 3]);
    expect(stepsBetween(pack, null, 4)).toEqual([]);
  });
});

describe("the level that the evidence suggests", () => {
  const fact = (level: 2 | 3 | 4, metric: string): LevelFact => ({ level, sentence: metric, holds: false, reason: "", metric, value: 1, unit: "count", sources: [], conflicting: false });
  const lacks = (level: 2 | 3 | 4, metric: string, required: boolean): MissingFact => ({ level, required, sentence: metric, metric, reason: "" });
  const suggestion: Suggestion = {
    level: 2,
    next: 3,
    for: [fact(2, "a.two")],
    against: [fact(3, "a.fault"), fact(4, "a.worse")],
    missing: [lacks(3, "a.three", true), lacks(3, "a.beside", false), lacks(4, "a.four", true)],
  };
  it("is the one of the very area", () => {
    const item = areaItems([pack], [])[1] as ReturnType<typeof areaItems>[0];
    const other = { ...suggestion, level: null };
    expect(suggestionOf(item, [{ pack: "m", area: "1", suggestion: other }, { pack: "n", area: "2", suggestion: other }, { pack: "m", area: "2", suggestion }])).toBe(suggestion);
    expect(suggestionOf(item, [])).toBeUndefined();
  });
  it("differs from another level and from none", () => {
    expect(differingFrom(3, suggestion)).toBe(2);
    expect(differingFrom(null, suggestion)).toBe(2);
    expect(differingFrom(2, suggestion)).toBeNull();
    expect(differingFrom(3, { ...suggestion, level: null })).toBeNull();
    expect(differingFrom(3, undefined)).toBeNull();
  });
  it("lacks for the next what stands against it and what it requires", () => {
    const { against, missing } = neededForNext(suggestion);
    expect(against.map((each) => each.metric)).toEqual(["a.fault"]);
    expect(missing.map((each) => each.metric)).toEqual(["a.three"]);
    expect(neededForNext({ ...suggestion, next: null })).toEqual({ against: [], missing: [] });
  });
});

describe("tables", () => {
  it("take a choice in its own spelling", () => {
    expect(fitted(columns[1] as Column, " END OF SUPPORT ")).toBe("End of support");
    expect(fitted(columns[1] as Column, "Unknown")).toBe("Unknown");
    expect(choicesFor({ type: "rating" })).toHaveLength(5);
    expect(choicesFor({ type: "text" })).toBeNull();
  });
  it("change a cell, and keep no empty ones", () => {
    expect(withCell([{ name: "a", status: "Current" }], 0, "status", "")).toEqual([{ name: "a" }]);
  });
  it("take cells from a spreadsheet, to the right and down", () => {
    const { rows, pasted } = withPasted([{ name: "a", size: "1" }], columns, 0, 1, [["current", "5"], ["end of support", "7", "too far"]]);
    expect(rows).toEqual([{ name: "a", status: "Current", size: "5" }, { status: "End of support", size: "7" }]);
    expect(pasted).toBe(2);
  });
  it("leave out a heading line", () => {
    expect(withPasted([], columns, 0, 0, [["Name", "Status", "Size"], ["x", "Current", "1"]]).rows).toEqual([{ name: "x", status: "Current", size: "1" }]);
  });
  it("keep the order at the ends", () => {
    const rows = [{ name: "a" }, { name: "b" }];
    expect(moved(rows, 0, -1)).toEqual(rows);
    expect(moved(rows, 0, 1).map((row) => row.name)).toEqual(["b", "a"]);
  });
});
