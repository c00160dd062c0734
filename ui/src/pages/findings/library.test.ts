import { expect, test } from "vitest";
import type { LibraryOutcome } from "../../bindings/contract";
import { outcomesOf, shortCheck, tagsOf } from "./library";

test("checks of the checklist are called by their number", () => {
  expect(shortCheck("backend-health/2.4")).toBe("2.4");
  expect(shortCheck("own/2.4")).toBe("own/2.4");
});

test("tags are read from one line", () => {
  expect(tagsOf(" pool, database ,, pool")).toEqual(["pool", "database"]);
});

test("what became of a file's findings is counted, what did not happen left out", () => {
  const taken = (outcome: LibraryOutcome, number: number) => ({ outcome, title: "", number, id: "", version: 0, reason: "" });
  expect(outcomesOf({ findings: [taken("refused", 1), taken("new", 2), taken("refused", 3)] })).toEqual([["new", 1], ["refused", 2]]);
  expect(outcomesOf({ findings: [] })).toEqual([]);
});
