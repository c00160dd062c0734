import { describe, expect, it } from "vitest";
import { partsOf, tooMuch } from "./split";

const parts = [{ key: "all-part-1", title: "All: 1", elements: ["a", "user"] }, { key: "all-part-2", title: "All: 2", elements: ["b"] }];

describe("a view in parts", () => {
  it("is proposed where something is too much, and can be divided", () => {
    const drawing = { warnings: [{ warning: "spread" as const, factor: 2 }, { warning: "crowded" as const, elements: 40, parts }] };
    expect(partsOf(drawing)).toEqual(parts);
    const whole = { warnings: [{ warning: "small_text" as const, points: 4, parts: [] }] };
    expect(partsOf(whole)).toEqual([]);
    expect(tooMuch(whole)).toBe(whole.warnings[0]);
    expect(tooMuch({ warnings: [{ warning: "spread", factor: 2 }] })).toBeUndefined();
  });
});
