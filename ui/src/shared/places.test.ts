import { expect, it } from "vitest";
import { edgeStep, placeAt, staysPut } from "./places";

it("drops a row where the pointer is", () => {
  expect(placeAt([10, 30, 50], 5)).toBe(0);
  expect(placeAt([10, 30, 50], 31)).toBe(2);
  expect(placeAt([10, 30, 50], 99)).toBe(3);
});

it("scrolls at the edges, faster the nearer and at full speed behind them", () => {
  const box = { from: 100, to: 500 };
  expect(edgeStep(300, box)).toBe(0);
  expect(edgeStep(132, box)).toBe(0);
  expect(edgeStep(116, box)).toBe(-7);
  expect(edgeStep(100, box)).toBe(-14);
  expect(edgeStep(20, box)).toBe(-14);
  expect(edgeStep(484, box)).toBe(7);
  expect(edgeStep(900, box)).toBe(14);
  // A box that is nearly nothing but edge has a middle, and one without room does not move.
  expect(edgeStep(120, { from: 100, to: 140 })).toBe(0);
  expect(edgeStep(100, { from: 100, to: 100 })).toBe(0);
});

it("knows a drop that changes nothing", () => {
  const order = ["a", "b", "c"];
  expect(staysPut(order, "b", "b")).toBe(true);
  expect(staysPut(order, "b", "a")).toBe(true);
  expect(staysPut(order, "a", null)).toBe(true);
  expect(staysPut(order, "b", null)).toBe(false);
  expect(staysPut(order, "b", "c")).toBe(false);
});
