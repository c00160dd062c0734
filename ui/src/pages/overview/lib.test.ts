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

it("gathers the entries of a step", () => {
  const entry = (step: string, id: string) => ({ step, id, at: "t", author: "a" }) as HistoryEntry;
  const lines = activities([entry("2", "x"), entry("2", "y"), entry("1", "z"), entry("0", "w")], 2);
  expect(lines.map((line) => [line.first.id, line.more])).toEqual([["x", 1], ["z", 0]]);
});
