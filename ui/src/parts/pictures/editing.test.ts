import { describe, expect, it } from "vitest";
import type { Mark } from "../../bindings/contract";
import { Editing } from "./editing.svelte";
import { noEdits } from "./geometry";

const mark: Mark = { kind: "box", x1: 10, y1: 10, x2: 60, y2: 40, colour: "red" };
function editing(): Editing {
  const it = new Editing(noEdits());
  it.size = { width: 400, height: 200 };
  return it;
}

describe("a picture being edited", () => {
  it("takes steps back and does them again", () => {
    const it = editing();
    it.add(mark);
    it.place("redaction");
    expect(it.edits.marks.map((each) => [each.kind, each.colour])).toEqual([["box", "red"], ["redaction", "black"]]);
    it.undo();
    expect([it.edits.marks.length, it.selection]).toEqual([1, null]);
    it.undo();
    expect([it.changed, it.canUndo]).toEqual([false, false]);
    it.redo();
    it.redo();
    expect([it.edits.marks.length, it.canRedo]).toEqual([2, false]);
  });
  it("makes one step of what is moved by keys in one go", () => {
    const it = editing();
    it.add(mark);
    it.nudge(2, 0);
    it.nudge(2, 0);
    it.rest();
    it.nudge(0, 5);
    expect(it.selected).toMatchObject({ x1: 14, y1: 15 });
    it.undo();
    expect(it.edits.marks[0]).toMatchObject({ x1: 14, y1: 10 });
    it.undo();
    expect(it.edits.marks[0]).toMatchObject({ x1: 10, y1: 10 });
  });
  it("keeps a crop on the picture, and takes it away again", () => {
    const it = editing();
    it.place("crop");
    expect(it.edits.crop).toEqual({ x: 40, y: 20, width: 320, height: 160 });
    it.nudge(900, 900);
    expect(it.edits.crop).toEqual({ x: 80, y: 40, width: 320, height: 160 });
    it.take();
    expect([it.edits.crop, it.selection]).toEqual([null, null]);
  });
  it("adds nothing that has no size, and forgets nothing of what it was", () => {
    const it = new Editing({ ...noEdits(), marks: [mark] });
    it.size = { width: 400, height: 200 };
    it.add({ ...mark, x2: 10 });
    expect(it.changed).toBe(false);
    it.clear();
    expect([it.changed, it.edits.marks.length]).toEqual([true, 0]);
  });
});
