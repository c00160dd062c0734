import { describe, expect, it } from "vitest";
import { boxes, changedRows, drawn, firstHitFrom, fitPage, fitWidth, headingAt, imageScale, pageAt, pixelsPerPoint, sideways, stepHit, totalHeight, zoomStep } from "./lib";

const pages = Array.from({ length: 100 }, (_, n) => ({ hash: String(n), width: 595, height: 842 }));

it("draws the rows of what has changed, and a little more around it", () => {
  expect(changedRows({ from: 40, to: 52.2 }, 1.5, 1263)).toEqual({ from: 58, to: 81 });
  expect(changedRows({ from: 0.4, to: 842 }, 1.5, 1263)).toEqual({ from: 0, to: 1263 });
});

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

it("asks for pictures of as many pixels as the glass has", () => {
  expect(imageScale(600, 800, 1, true)).toBe(1.333);
  expect(imageScale(600, 800, 2, true)).toBe(2.667);
  expect(imageScale(595, 3173, 2, true)).toBe(10.666);
  expect(imageScale(595, 3173, 4, true)).toBe(12);
  // A page that is not seen yet waits in a picture that takes little room.
  expect(imageScale(595, 3173, 2, false)).toBe(2);
  expect(imageScale(600, 300, 1, false)).toBe(0.5);
});

it("fits a page by its width or wholly", () => {
  expect(fitPage(pages, 595 + 28, 421 + 28)).toBe(0.5);
  expect(fitPage(pages, 595 + 28, 5000)).toBe(1);
  expect(pixelsPerPoint("width", pages, 595 + 28, 100)).toBe(1);
  expect(pixelsPerPoint(1.5, pages, 100, 100)).toBe(2);
});

it("scrolls sideways only to what is not seen", () => {
  expect(sideways(0, 400, 100)).toBe(0);
  expect(sideways(0, 400, 1000)).toBe(900);
  expect(sideways(900, 400, 100)).toBe(0);
});

describe("hits", () => {
  const hit = (page: number): { areas: { page: number; x: number; y: number; width: number; height: number }[] } => ({ areas: [{ page, x: 0, y: 0, width: 1, height: 1 }] });
  it("begin where one looks", () => {
    expect(firstHitFrom([hit(1), hit(4), hit(9)], 4)).toBe(1);
    expect(firstHitFrom([hit(1), hit(4)], 7)).toBe(0);
    expect(firstHitFrom([], 0)).toBe(-1);
  });
  it("go round", () => {
    expect(stepHit(2, 3, 1)).toBe(0);
    expect(stepHit(0, 3, -1)).toBe(2);
    expect(stepHit(-1, 3, -1)).toBe(2);
    expect(stepHit(0, 0, 1)).toBe(-1);
  });
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
