import { expect, it } from "vitest";
import { fuzzy, ranked } from "./fuzzy";

it("finds letters in order, and nothing else", () => {
  expect(fuzzy("gtf", "Go to Findings")).not.toBeNull();
  expect(fuzzy("zz", "Go to Findings")).toBeNull();
  expect(fuzzy("uber", "Überblick")).not.toBeNull();
});

it("puts whole words and beginnings first", () => {
  const items = ["Refinding", "Go to Findings", "Fish in ding", "Findings"];
  expect(ranked("find", items, (item) => item)).toEqual(["Findings", "Go to Findings", "Refinding", "Fish in ding"]);
});

it("keeps the order without a query", () => {
  expect(ranked("", ["b", "a"], (item) => item)).toEqual(["b", "a"]);
});
