import { expect, it } from "vitest";
import type { HistoryEntry } from "../../bindings/contract";
import { activities, openBySeverity } from "./lib";

it("counts open gaps only", () => {
  const counts = openBySeverity([
    { kind: "gap", life: "open", severity: "high" },
    { kind: "gap", life: "partly_fixed", severity: "high" },
    { kind: "gap", life: "accepted", severity: "high" },
    { kind: "strength", life: "open", severity: "info" },
  ]);
  expect(counts).toEqual({ critical: 0, high: 2, medium: 0, low: 0, info: 0 });
});

const entry = (step: string, id: string, change: HistoryEntry["change"] = "inserted") => ({ step, id, change, at: step, author: "a" }) as HistoryEntry;

it("gathers the entries of a step", () => {
  const lines = activities([entry("2", "x"), entry("2", "y"), entry("1", "z"), entry("0", "w")], 2);
  expect(lines.map((line) => [line.first.id, line.more])).toEqual([["x", 1], ["z", 0]]);
});

it("says edits of one object after each other once, with the newest time", () => {
  const lines = activities([entry("4", "x", "updated"), entry("3", "x", "updated"), entry("2", "y", "updated"), entry("1", "x", "updated")], 8);
  expect(lines.map((line) => [line.first.id, line.at])).toEqual([["x", "4"], ["y", "2"], ["x", "1"]]);
});
