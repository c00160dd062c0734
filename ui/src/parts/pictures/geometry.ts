/**
 * Places on a picture. The core draws what is printed (`src-tauri/crates/picture`); this draws the same shapes as
 * vectors while they are edited, so the proportions stand in both.
 */
import type { Crop, Edits, Mark, MarkColour, MarkKind } from "../../bindings/contract";

export interface Size {
  width: number;
  height: number;
}

export const COLOURS: readonly MarkColour[] = ["red", "orange", "yellow", "green", "blue", "black", "white"];
/** The colours as they are printed. */
export const INK: Record<MarkColour, string> = {
  red: "#d91e2e",
  orange: "#e8700a",
  yellow: "#facc15",
  green: "#15803d",
  blue: "#1d4ed8",
  black: "#000000",
  white: "#ffffff",
};
/** What is drawn around a mark, so that it is seen on a ground of its own colour. */
export const halo = (colour: MarkColour): string => (colour === "white" || colour === "yellow" ? "#1f2937" : "#ffffff");

/** The smallest longest edge that the core takes. */
export const SHORTEST_EDGE = 16;

export const noEdits = (): Edits => ({ crop: null, marks: [], longest: null });

export function sameEdits(a: Edits, b: Edits): boolean {
  return JSON.stringify(canonical(a)) === JSON.stringify(canonical(b));
}

function canonical({ crop, marks, longest }: Edits): unknown {
  return [crop && [crop.x, crop.y, crop.width, crop.height], marks.map(({ kind, x1, y1, x2, y2, colour }) => [kind, x1, y1, x2, y2, colour]), longest];
}

/** The part that is kept. */
export function kept(edits: Edits, whole: Size): Crop {
  return edits.crop ?? { x: 0, y: 0, ...whole };
}

/** The size of what is printed. */
export function resultSize(edits: Edits, whole: Size): Size {
  const { width, height } = kept(edits, whole);
  const now = Math.max(width, height);
  if (edits.longest === null || edits.longest >= now) return { width, height };
  const to = (edge: number): number => Math.max(1, Math.round((edge * (edits.longest ?? now)) / now));
  return { width: to(width), height: to(height) };
}

/** How thick lines are, in pixels of the whole picture. */
export function weight(edits: Edits, whole: Size): number {
  const part = kept(edits, whole);
  const result = resultSize(edits, whole);
  const scale = Math.max(result.width, result.height) / Math.max(part.width, part.height);
  return Math.min(16, Math.max(2, Math.max(result.width, result.height) / 220)) / scale;
}

/** How far the outline reaches beyond a line of this weight; on small pictures the core draws it a little broader. */
export const outline = (line: number): number => line * 0.5;

/** Where an arrow's shaft ends and its head's corners, as points of a path. */
export function arrow(mark: Mark, line: number): { base: [number, number]; head: string } {
  const [dx, dy] = [mark.x2 - mark.x1, mark.y2 - mark.y1];
  const length = Math.max(Math.hypot(dx, dy), 0.001);
  const [ux, uy] = [dx / length, dy / length];
  const long = Math.min(line * 5, length * 0.7);
  const half = long / 2;
  const [bx, by] = [mark.x2 - ux * long, mark.y2 - uy * long];
  const points = [
    [mark.x2, mark.y2],
    [bx - uy * half, by + ux * half],
    [bx + uy * half, by - ux * half],
  ];
  return { base: [bx, by], head: points.map((point) => point.map((each) => each.toFixed(2)).join(",")).join(" ") };
}

/** A mark's left, upper, right and lower edge. */
export function box(mark: Mark): { x: number; y: number; width: number; height: number } {
  return { x: Math.min(mark.x1, mark.x2), y: Math.min(mark.y1, mark.y2), width: Math.abs(mark.x2 - mark.x1), height: Math.abs(mark.y2 - mark.y1) };
}

const clamp = (value: number, least: number, most: number): number => Math.min(Math.max(value, least), Math.max(least, most));
const whole = Math.round;

/** A mark moved, kept on the picture. */
export function moved(mark: Mark, dx: number, dy: number, on: Size): Mark {
  const { x, y, width, height } = box(mark);
  const [bx, by] = [whole(clamp(dx, -x, on.width - x - width)), whole(clamp(dy, -y, on.height - y - height))];
  return { ...mark, x1: mark.x1 + bx, y1: mark.y1 + by, x2: mark.x2 + bx, y2: mark.y2 + by };
}

/** A mark with one of its points elsewhere. Boxes keep at least a pixel. */
export function withPoint(mark: Mark, point: 1 | 2, x: number, y: number, on: Size): Mark {
  const [px, py] = [whole(clamp(x, 0, on.width)), whole(clamp(y, 0, on.height))];
  const next = point === 1 ? { ...mark, x1: px, y1: py } : { ...mark, x2: px, y2: py };
  return isEmpty(next) ? mark : next;
}

/** Whether the core would refuse it: it has no size. */
export function isEmpty(mark: Mark): boolean {
  const { width, height } = box(mark);
  return mark.kind === "arrow" ? width === 0 && height === 0 : width === 0 || height === 0;
}

/** A crop within the picture, of at least a pixel. */
export function fitted(crop: Crop, on: Size): Crop {
  const x = whole(clamp(crop.x, 0, on.width - 1));
  const y = whole(clamp(crop.y, 0, on.height - 1));
  return { x, y, width: whole(clamp(crop.width, 1, on.width - x)), height: whole(clamp(crop.height, 1, on.height - y)) };
}

/** A crop between two corners; none when it is the whole picture or nothing. */
export function cropBetween(x1: number, y1: number, x2: number, y2: number, on: Size): Crop | null {
  const [left, right] = [clamp(whole(Math.min(x1, x2)), 0, on.width), clamp(whole(Math.max(x1, x2)), 0, on.width)];
  const [top, bottom] = [clamp(whole(Math.min(y1, y2)), 0, on.height), clamp(whole(Math.max(y1, y2)), 0, on.height)];
  if (right <= left || bottom <= top) return null;
  const crop = { x: left, y: top, width: right - left, height: bottom - top };
  return crop.width === on.width && crop.height === on.height ? null : crop;
}

/** A new mark in the middle of what is kept, for those who do not draw. */
export function placed(kind: MarkKind, colour: MarkColour, edits: Edits, on: Size): Mark {
  const { x, y, width, height } = kept(edits, on);
  const at = (part: number): { x: number; y: number } => ({ x: whole(x + width * part), y: whole(y + height * part) });
  const [from, to] = [at(0.35), at(0.65)];
  return { kind, colour, x1: from.x, y1: from.y, x2: Math.max(to.x, from.x + 1), y2: Math.max(to.y, from.y + 1) };
}

/** How far an arrow key moves. */
export const stride = (on: Size): number => Math.max(1, Math.round(Math.max(on.width, on.height) / 200));
