import { describe, expect, it } from "vitest";
import type { Edits, Mark } from "../../bindings/contract";
import { arrow, box, cropBetween, fitted, isEmpty, moved, noEdits, placed, resultSize, sameEdits, weight, withPoint } from "./geometry";

const on = { width: 800, height: 600 };
const mark = (x1: number, y1: number, x2: number, y2: number, kind: Mark["kind"] = "box"): Mark => ({ kind, x1, y1, x2, y2, colour: "red" });

describe("the size of the result", () => {
  it("follows crop and longest edge as the core rounds it", () => {
    expect(resultSize(noEdits(), on)).toEqual(on);
    expect(resultSize({ ...noEdits(), longest: 400 }, on)).toEqual({ width: 400, height: 300 });
    const crop = { x: 20, y: 10, width: 100, height: 50 };
    expect(resultSize({ crop, marks: [], longest: 33 }, on)).toEqual({ width: 33, height: 17 });
    expect(resultSize({ ...noEdits(), longest: 4000 }, on)).toEqual(on);
  });
  it("keeps lines as thick on paper whatever the scale", () => {
    const large = { width: 4400, height: 2200 };
    expect(weight(noEdits(), large)).toBeCloseTo(16);
    expect(weight({ ...noEdits(), longest: 1100 }, large)).toBeCloseTo(5 * 4);
    expect(weight(noEdits(), { width: 100, height: 50 })).toBe(2);
  });
});

describe("marks", () => {
  it("stay on the picture", () => {
    expect(moved(mark(10, 10, 60, 40), -50, 20, on)).toMatchObject({ x1: 0, y1: 30, x2: 50, y2: 60 });
    expect(moved(mark(60, 40, 10, 10), 5000, 5000, on)).toMatchObject({ x1: 800, y1: 600, x2: 750, y2: 570 });
    expect(withPoint(mark(10, 10, 60, 40), 2, 900.4, -3, on)).toMatchObject({ x2: 800, y2: 0 });
  });
  it("never lose their size", () => {
    const before = mark(10, 10, 60, 40);
    expect(withPoint(before, 2, 10, 90, on)).toBe(before);
    expect(isEmpty(mark(10, 10, 10, 40, "arrow"))).toBe(false);
    expect(isEmpty(mark(10, 10, 10, 40, "redaction"))).toBe(true);
    expect(isEmpty(placed("box", "red", noEdits(), { width: 1, height: 1 }))).toBe(false);
  });
  it("know their box and their head", () => {
    expect(box(mark(60, 40, 10, 10))).toEqual({ x: 10, y: 10, width: 50, height: 30 });
    expect(arrow(mark(0, 0, 100, 0, "arrow"), 4)).toEqual({ base: [80, 0], head: "100.00,0.00 80.00,10.00 80.00,-10.00" });
  });
});

describe("a crop", () => {
  it("is within the picture, and none when it is all of it", () => {
    expect(cropBetween(-20, 590, 100, 10, on)).toEqual({ x: 0, y: 10, width: 100, height: 580 });
    expect(cropBetween(0, 0, 900, 900, on)).toBeNull();
    expect(cropBetween(5, 5, 5.2, 90, on)).toBeNull();
    expect(fitted({ x: 790, y: -4, width: 50, height: 0 }, on)).toEqual({ x: 790, y: 0, width: 10, height: 1 });
  });
});

it("edits are compared by what they say, not by the order of their fields", () => {
  const a: Edits = { marks: [{ colour: "red", kind: "box", x1: 1, y1: 2, x2: 3, y2: 4 }], longest: null, crop: null };
  expect(sameEdits(a, { crop: null, longest: null, marks: [{ kind: "box", x1: 1, y1: 2, x2: 3, y2: 4, colour: "red" }] })).toBe(true);
  expect(sameEdits(a, noEdits())).toBe(false);
});
