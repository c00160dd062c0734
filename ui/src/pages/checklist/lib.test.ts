import { describe, expect, it } from "vitest";
import type { Pack } from "../../bindings/contract";
import { checkItems } from "../../parts/checks/checks";
import { checkCount, firstPack, inputsOf, itemOf, narrowed } from "./lib";

const packs: Pack[] = [
  { id: "m", areas: [{ id: "1", title: "Design", checks: [{ id: "1.1", title: "Style" }] }] },
  { id: "h", sections: [{ id: "1", title: "Speed", checks: [{ id: "1.1", title: "Reads" }, { id: "1.2", title: "Writes" }] }] },
];
const items = checkItems(packs, []);

describe("the checklist", () => {
  it("begins with the pack that has sections", () => {
    expect(firstPack(packs)?.id).toBe("h");
    expect(firstPack(packs.slice(0, 1))?.id).toBe("m");
    expect(firstPack([])).toBeUndefined();
    expect(packs.map(checkCount)).toEqual([1, 2]);
  });
  it("narrows down by pack, section and words", () => {
    const all = { pack: "h", filter: "all", section: "", words: "" } as const;
    expect(narrowed(items, all)).toHaveLength(2);
    expect(narrowed(items, { ...all, words: "writes" }).map((item) => item.id)).toEqual(["1.2"]);
    expect(narrowed(items, { ...all, section: "9" })).toHaveLength(0);
    expect(narrowed(items, { ...all, filter: "failed" })).toHaveLength(0);
  });
  it("finds a check that has no answer yet", () => {
    expect(itemOf(items, "h/1.2")?.title).toBe("Writes");
    expect(itemOf(items, undefined)).toBeUndefined();
  });
});

describe("inputsOf", () => {
  const calculator = { id: "x", inputs: [{ id: "a", default: 5 }, { id: "b" }] };
  it("takes start values where nothing was typed", () => {
    expect(inputsOf(calculator, { b: 7 })).toEqual({ a: 5, b: 7 });
    expect(inputsOf(calculator, {})).toEqual({ a: 5, b: 0 });
  });
  it("waits while a field is empty", () => {
    expect(inputsOf(calculator, { a: null })).toBeNull();
  });
});
