import { describe, expect, it } from "vitest";
import type { Risk } from "../../bindings/contract";
import { bandOfExposure, cells, contradictions, scoreOf, stepped } from "./lib";

const risk = (id: string, current: [number, number] | null): Risk => ({ id, current: current && { likelihood: current[0], impact: current[1] }, inherent: null, residual: null }) as Risk;

it("scores likelihood times impact", () => {
  expect(scoreOf({ likelihood: 4, impact: 5 })).toBe(20);
  expect(scoreOf(null)).toBeNull();
  expect(bandOfExposure({ likelihood: 2, impact: 2 })).toBe("low");
  expect(bandOfExposure(null)).toBeNull();
});

it("gathers the risks of a cell in their order and leaves out the unrated", () => {
  const found = cells([risk("a", [3, 4]), risk("b", null), risk("c", [3, 4])], "current");
  expect([...found].map(([key, risks]) => [key, risks.map((each) => each.id)])).toEqual([["3/4", ["a", "c"]]]);
});

describe("arrow keys", () => {
  it("move by one and stop at the edge", () => {
    expect(stepped({ likelihood: 4, impact: 2 }, "ArrowUp")).toEqual({ likelihood: 5, impact: 2 });
    expect(stepped({ likelihood: 5, impact: 2 }, "ArrowUp")).toEqual({ likelihood: 5, impact: 2 });
    expect(stepped({ likelihood: 1, impact: 1 }, "ArrowLeft")).toEqual({ likelihood: 1, impact: 1 });
  });
  it("put an unrated risk into the middle", () => expect(stepped(null, "ArrowDown")).toEqual({ likelihood: 3, impact: 3 }));
  it("leave other keys alone", () => expect(stepped(null, "Enter")).toBeUndefined());
});

it("names what contradicts itself", () => {
  expect(contradictions({ inherent: { likelihood: 2, impact: 2 }, current: { likelihood: 3, impact: 3 }, residual: { likelihood: 5, impact: 5 } })).toEqual(["currentAbove", "grows"]);
  expect(contradictions({ inherent: null, current: { likelihood: 3, impact: 3 }, residual: null })).toEqual([]);
});
