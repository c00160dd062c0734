import { expect, it } from "vitest";
import { afterLast } from "./lib";

it("ranks behind the last", () => {
  expect(afterLast([])).toBe(1);
  expect(afterLast([{ rank: 4 }, { rank: 2.5 }])).toBe(5);
});
