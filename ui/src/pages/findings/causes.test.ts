import { describe, expect, it } from "vitest";
import type { CauseBox } from "../../bindings/contract";
import { arrow, nextBox } from "./causes";

const box = (x: number, y: number): CauseBox => ({ part: "effect", object: `${x}/${y}`, x, y, w: 100, h: 40 });

describe("the causal map", () => {
  const boxes = [box(0, 0), box(0, 50), box(150, 20), box(300, 0), box(300, 60)];

  it("leads arrow keys to the nearest box on that side", () => {
    expect(nextBox(boxes, 0, "ArrowRight")).toBe(2);
    expect(nextBox(boxes, 2, "ArrowLeft")).toBe(0);
    expect(nextBox(boxes, 2, "ArrowRight")).toBe(3);
    expect(nextBox(boxes, 0, "ArrowDown")).toBe(1);
    expect(nextBox(boxes, 4, "ArrowUp")).toBe(3);
  });

  it("stays where there is nothing further, and leaves other keys alone", () => {
    expect(nextBox(boxes, 0, "ArrowLeft")).toBeUndefined();
    expect(nextBox(boxes, 2, "ArrowDown")).toBeUndefined();
    expect(nextBox(boxes, 0, "Enter")).toBeUndefined();
    expect(nextBox([], 0, "Home")).toBeUndefined();
    expect(nextBox(boxes, 2, "End")).toBe(4);
  });

  it("draws an arrow at the end of a line", () => {
    expect(arrow([[90, 10], [40, 10]])).toBe("40,10 45,7.6 45,12.4");
  });
});
