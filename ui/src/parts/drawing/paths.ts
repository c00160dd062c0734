/** A drawing's shapes as attributes of SVG. Pure. */
import type { Anchor, Segment, Shape } from "../../bindings/contract";

/** Hundredths of a point are finer than any screen. */
const short = (value: number): string => String(Math.round(value * 100) / 100);

/** The `d` of a path. */
export function pathOf(segments: readonly Segment[]): string {
  return segments
    .map((each) => {
      switch (each.to) {
        case "move":
          return `M${short(each.x)} ${short(each.y)}`;
        case "line":
          return `L${short(each.x)} ${short(each.y)}`;
        case "cubic":
          return `C${short(each.x1)} ${short(each.y1)} ${short(each.x2)} ${short(each.y2)} ${short(each.x)} ${short(each.y)}`;
        default:
          return "Z";
      }
    })
    .join("");
}

/** Where a line of text begins: it is as wide as it was measured, in whatever font the window has. */
export function leftOf(x: number, width: number, anchor: Anchor): number {
  return anchor === "start" ? x : anchor === "middle" ? x - width / 2 : x - width;
}

/** Whether a picture's data may be shown: what the core draws is one of these, and nothing is fetched. */
export const isPicture = (data: string): boolean => /^data:image\/(png|jpeg|gif|webp);base64,[A-Za-z0-9+/=]+$/.test(data);

/** What is common to all shapes. */
export const opacityOf = (shape: Shape): number | undefined => (shape.opacity < 0.999 ? shape.opacity : undefined);
