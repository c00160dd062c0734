import { describe, expect, it } from "vitest";
import { boxes, drawn, fitWidth, headingAt, imageScale, pageAt, totalHeight, zoomStep } from "./lib";

const pages = Array.from({ length: 100 }, (_, n) => ({ hash: String(n), width: 595, height: 842 }));

describe("pages", () => {
  const all = boxes(pages, 1);
  it("lie under each other", () => {
    expect(all[1]?.top).toBe(14 + 842 + 14);
    expect(totalHeight(all)).toBe(100 * 856 + 14);
  });
  it("are found by height", () => {
    expect(pageAt(all, 0)).toBe(0);
    expect(pageAt(all, 14 + 842 + 14)).toBe(1);
    expect(pageAt(all, 1e9)).toBe(99);
    expect(pageAt([], 5)).toBe(0);
  });
  it("are drawn only where they are seen, and one around", () => {
    expect(drawn(all, 856 * 50 + 20, 900)).toEqual({ from: 49, to: 53 });
    expect(drawn(all, 0, 100)).toEqual({ from: 0, to: 2 });
    expect(drawn([], 0, 100)).toEqual({ from: 0, to: 0 });
  });
  it("fill the pane", () => {
    expect(fitWidth(pages, 595 + 28)).toBe(1);
  });
});

it("asks for pictures in few sizes, never smaller than shown", () => {
  expect(imageScale(0.9, 1)).toBe(1);
  expect(imageScale(0.91, 2)).toBe(2);
  expect(imageScale(5.33, 1)).toBe(6);
  expect(imageScale(5.33, 2)).toBe(8);
});

it("zooms in steps to 400 %", () => {
  expect(zoomStep(0.83, 1)).toBe(1);
  expect(zoomStep(0.83, -1)).toBe(0.75);
  expect(zoomStep(4, 1)).toBe(4);
});

it("finds the heading of a place", () => {
  const outline = [{ page: 0, y: 10 }, { page: 0, y: 300 }, { page: 3, y: 10 }];
  expect(headingAt(outline, 0, 5)).toBe(-1);
  expect(headingAt(outline, 2, 0)).toBe(1);
  expect(headingAt(outline, 3, 10)).toBe(2);
});
