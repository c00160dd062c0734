/** Boxes in the hand: they follow the pointer, meet the edges of others, and are kept where they are let go. */
import type { Point, Rect } from "../../bindings/contract";
import { session } from "../../state";
import type { Editor } from "./editor.svelte";
import { around, moved, snap } from "./geometry";
import { follow } from "./pointer";

/** So far the pointer may go before a press becomes a drag, in pixels of the window. */
const STILL = 3;
/** So near an edge pulls, in pixels of the window. */
const REACH = 6;
/** 20 of Structurizr's pixels. */
const GRID = 7.5;

/** Follows a press on a node; `zoom` is that of the canvas. `onstill` is told when it was let go where it was. */
export function press(editor: Editor, event: PointerEvent, id: string, zoom: () => number, onstill: () => void): void {
  const from = { x: event.clientX, y: event.clientY };
  let rects: Map<string, Rect> | null = null;
  let others: Rect[] = [];
  let last = event;
  let frame = 0;

  const begin = (): void => {
    if (!editor.selected.includes(id)) editor.select(id);
    rects = new Map(editor.boxesOf(editor.selected).flatMap((element): [string, Rect][] => {
      const rect = editor.rect(element);
      return rect ? [[element, rect]] : [];
    }));
    others = (editor.drawing?.boxes ?? []).filter((box) => !rects?.has(box.element)).map((box) => editor.rect(box.element) ?? box.rect);
    editor.held = true;
  };
  const draw = (): void => {
    frame = 0;
    const whole = rects && around(rects.values());
    if (!rects || !whole) return;
    const scale = zoom();
    let dx = (last.clientX - from.x) / scale;
    let dy = (last.clientY - from.y) / scale;
    // With Shift along one direction; with Alt freely.
    if (last.shiftKey) [dx, dy] = Math.abs(dx) > Math.abs(dy) ? [dx, 0] : [0, dy];
    const by = last.altKey ? { dx: 0, dy: 0, guides: [] } : snap(moved(whole, dx, dy), others, REACH / scale, GRID);
    if (last.shiftKey && dx === 0) by.dx = 0;
    if (last.shiftKey && dy === 0) by.dy = 0;
    const at = new Map<string, Point>([...rects].map(([element, rect]) => [element, { x: rect.x + dx + by.dx, y: rect.y + dy + by.dy }]));
    editor.carry(at, by.guides);
  };
  const move = (to: PointerEvent): void => {
    last = to;
    if (!rects) {
      if (session.readOnly || Math.hypot(to.clientX - from.x, to.clientY - from.y) <= STILL) return;
      begin();
    }
    // Once a frame, however often the pointer tells.
    frame ||= requestAnimationFrame(draw);
  };
  const stop = (): void => {
    cancelAnimationFrame(frame);
    editor.held = false;
  };
  follow({
    move,
    up: () => {
      if (frame) draw();
      stop();
      if (rects) void editor.keep();
      else onstill();
    },
    cancel: () => {
      stop();
      editor.putBack();
      if (rects) void editor.load();
    },
  });
}
