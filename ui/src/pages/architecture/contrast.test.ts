import { describe, expect, it } from "vitest";
import type { Drawing, Shape } from "../../bindings/contract";
import { clear, inContrast, luminance } from "./contrast";

const path = (fill: string | null, stroke: string | null): Shape => ({ shape: "path", segments: [], opacity: 0.6, fill, stroke: stroke === null ? null : { colour: stroke, width: 0.5, dash: [] } });
const word = (colour: string): Shape => ({ shape: "text", x: 0, y: 0, width: 0, size: 9, weight: "regular", anchor: "start", text: "a", colour, opacity: 1 });

describe("high contrast", () => {
  it("leaves what is clear, and whitens what is not", () => {
    expect(clear("#ffd478")).toBe("#ffd478");
    for (const faint of ["#3c4f54", "#5f6366", "#000000", "#7a1020"]) expect(luminance(clear(faint))).toBeGreaterThanOrEqual(0.5);
    expect(luminance("#ffffff")).toBeCloseTo(1);
  });

  it("makes frames and lines stand out, and leaves words in boxes", () => {
    const drawing = {
      paper: "#161b1e",
      boundaries: [{ shapes: [path("#1b2327", "#3c4f54"), word("#5f6366")] }],
      lines: [{ shapes: [path(null, "#5f6366"), path("#5f6366", null), path("#161b1e", null), word("#5f6366")] }],
      boxes: [{ shapes: [path("#f0f0f0", "#3c4f54"), word("#111111")] }],
    } as unknown as Drawing;
    const shown = inContrast(drawing);
    const [way, head, behind] = shown.lines[0]?.shapes as Extract<Shape, { shape: "path" }>[];
    expect(shown.paper).toBe("#000000");
    expect(way?.stroke).toEqual({ colour: clear("#5f6366"), width: 1.5, dash: [] });
    expect([head?.fill, behind?.fill, behind?.opacity]).toEqual([clear("#5f6366"), "#000000", 0.6]);
    expect(shown.boxes[0]?.shapes[0]).toMatchObject({ fill: "#f0f0f0", opacity: 1, stroke: { colour: clear("#3c4f54") } });
    expect(shown.boxes[0]?.shapes[1]).toMatchObject({ colour: "#111111" });
    expect(shown.boundaries[0]?.shapes[1]).toMatchObject({ colour: clear("#5f6366") });
  });
});
