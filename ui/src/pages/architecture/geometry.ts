/** Rectangles of a drawing: snapping with guides, aligning, spreading, ways of lines while something is dragged. All in points. */
import type { Point, Rect } from "../../bindings/contract";

export interface Guide {
  /** An upright line at `at`, or a level one. */
  upright: boolean;
  at: number;
  from: number;
  to: number;
}
export interface Snapped {
  dx: number;
  dy: number;
  guides: Guide[];
}
export const ALIGNMENTS = ["left", "centre", "right", "top", "middle", "bottom"] as const;
export type Alignment = (typeof ALIGNMENTS)[number];

export const moved = (rect: Rect, dx: number, dy: number): Rect => ({ ...rect, x: rect.x + dx, y: rect.y + dy });

/** The smallest rectangle around all; null around nothing. */
export function around(rects: Iterable<Rect>): Rect | null {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const { x, y, w, h } of rects) {
    [left, top] = [Math.min(left, x), Math.min(top, y)];
    [right, bottom] = [Math.max(right, x + w), Math.max(bottom, y + h)];
  }
  return left === Infinity ? null : { x: left, y: top, w: right - left, h: bottom - top };
}

/** Both edges and the middle of a rectangle along one direction. */
const lines = (rect: Rect, upright: boolean): [number, number, number] =>
  upright ? [rect.x, rect.x + rect.w / 2, rect.x + rect.w] : [rect.y, rect.y + rect.h / 2, rect.y + rect.h];

/** How far one direction must move so that an edge or the middle meets one of the others; null when none is near. */
function nearest(rect: Rect, others: readonly Rect[], upright: boolean, reach: number): number | null {
  let best: number | null = null;
  for (const own of lines(rect, upright)) {
    for (const other of others) {
      for (const line of lines(other, upright)) {
        const by = line - own;
        if (Math.abs(by) <= reach && (best === null || Math.abs(by) < Math.abs(best))) best = by;
      }
    }
  }
  return best;
}

/** The lines along which a rectangle now meets others, as long as what they touch. */
function guides(rect: Rect, others: readonly Rect[], upright: boolean): Guide[] {
  const found = new Map<number, Guide>();
  const span = (one: Rect): [number, number] => (upright ? [one.y, one.y + one.h] : [one.x, one.x + one.w]);
  for (const own of lines(rect, upright)) {
    for (const other of others) {
      if (!lines(other, upright).some((line) => Math.abs(line - own) < 0.01)) continue;
      const known = found.get(own) ?? { upright, at: own, from: span(rect)[0], to: span(rect)[1] };
      const [from, to] = span(other);
      found.set(own, { ...known, from: Math.min(known.from, from), to: Math.max(known.to, to) });
    }
  }
  return [...found.values()];
}

/** Moves a rectangle onto the edges and middles of others where they are within `reach`, else onto the grid. */
export function snap(rect: Rect, others: readonly Rect[], reach: number, grid: number): Snapped {
  const onGrid = (value: number): number => (grid > 0 ? Math.round(value / grid) * grid - value : 0);
  const dx = nearest(rect, others, true, reach);
  const dy = nearest(rect, others, false, reach);
  const by = { dx: dx ?? onGrid(rect.x), dy: dy ?? onGrid(rect.y) };
  const there = moved(rect, by.dx, by.dy);
  return { ...by, guides: [...(dx === null ? [] : guides(there, others, true)), ...(dy === null ? [] : guides(there, others, false))] };
}

/** The place nearest to where a rectangle is wanted at which it lies on no other; a grid's width is tried at a time. */
export function freePlace(wanted: Rect, others: readonly Rect[], step: number): Point {
  const free = (x: number, y: number): boolean =>
    !others.some((other) => x < other.x + other.w + step && other.x < x + wanted.w + step && y < other.y + other.h + step && other.y < y + wanted.h + step);
  for (let ring = 0; ring < 60; ring += 1) {
    const places: Point[] = [];
    for (let across = -ring; across <= ring; across += 1) {
      for (let down = -ring; down <= ring; down += 1) {
        if (Math.max(Math.abs(across), Math.abs(down)) === ring) places.push({ x: wanted.x + across * step, y: wanted.y + down * step });
      }
    }
    const found = places.filter(({ x, y }) => free(x, y)).sort((a, b) => Math.hypot(a.x - wanted.x, a.y - wanted.y) - Math.hypot(b.x - wanted.x, b.y - wanted.y))[0];
    if (found) return found;
  }
  return { x: wanted.x, y: wanted.y };
}

/** Where rectangles go so that they share an edge or a middle. */
export function align<K>(rects: ReadonlyMap<K, Rect>, how: Alignment): Map<K, Point> {
  const whole = around(rects.values());
  const places = new Map<K, Point>();
  if (!whole) return places;
  for (const [key, { x, y, w, h }] of rects) {
    const at = { x, y };
    if (how === "left") at.x = whole.x;
    else if (how === "right") at.x = whole.x + whole.w - w;
    else if (how === "centre") at.x = whole.x + (whole.w - w) / 2;
    else if (how === "top") at.y = whole.y;
    else if (how === "bottom") at.y = whole.y + whole.h - h;
    else at.y = whole.y + (whole.h - h) / 2;
    places.set(key, at);
  }
  return places;
}

/** Where rectangles go so that the gaps between them are the same; the outermost stay. */
export function distribute<K>(rects: ReadonlyMap<K, Rect>, across: boolean): Map<K, Point> {
  const start = (rect: Rect): number => (across ? rect.x : rect.y);
  const size = (rect: Rect): number => (across ? rect.w : rect.h);
  const order = [...rects].sort((a, b) => start(a[1]) - start(b[1]));
  const [first, last] = [order[0]?.[1], order.at(-1)?.[1]];
  const places = new Map<K, Point>();
  if (!first || !last || order.length < 3) return places;
  const room = start(last) + size(last) - start(first);
  const gap = (room - order.reduce((sum, [, rect]) => sum + size(rect), 0)) / (order.length - 1);
  let next = start(first);
  for (const [key, rect] of order) {
    places.set(key, across ? { x: next, y: rect.y } : { x: rect.x, y: next });
    next += size(rect) + gap;
  }
  return places;
}

/** A way of straight pieces from one rectangle to another, for as long as the core has not led the line. */
export function elbow(from: Rect, to: Rect): Point[] {
  const a = { x: from.x + from.w / 2, y: from.y + from.h / 2 };
  const b = { x: to.x + to.w / 2, y: to.y + to.h / 2 };
  const below = to.y - (from.y + from.h);
  const above = from.y - (to.y + to.h);
  const right = to.x - (from.x + from.w);
  const left = from.x - (to.x + to.w);
  const free = Math.max(below, above, right, left);
  if (free <= 0) return [a, b];
  if (free === below || free === above) {
    const [start, end] = free === below ? [from.y + from.h, to.y] : [from.y, to.y + to.h];
    const middle = (start + end) / 2;
    if (Math.abs(a.x - b.x) < 0.5) return [{ x: a.x, y: start }, { x: b.x, y: end }];
    return [{ x: a.x, y: start }, { x: a.x, y: middle }, { x: b.x, y: middle }, { x: b.x, y: end }];
  }
  const [start, end] = free === right ? [from.x + from.w, to.x] : [from.x, to.x + to.w];
  const middle = (start + end) / 2;
  if (Math.abs(a.y - b.y) < 0.5) return [{ x: start, y: a.y }, { x: end, y: b.y }];
  return [{ x: start, y: a.y }, { x: middle, y: a.y }, { x: middle, y: b.y }, { x: end, y: b.y }];
}

/** Where a line from the middle of a rectangle leaves it towards a point; the middle itself where that lies within. */
function leaving({ x, y, w, h }: Rect, to: Point): Point {
  const middle = { x: x + w / 2, y: y + h / 2 };
  const [dx, dy] = [to.x - middle.x, to.y - middle.y];
  const reach = Math.min(dx === 0 ? Infinity : w / 2 / Math.abs(dx), dy === 0 ? Infinity : h / 2 / Math.abs(dy));
  return reach >= 1 ? middle : { x: middle.x + dx * reach, y: middle.y + dy * reach };
}

/** A way over bends from one rectangle to another. */
export function over(from: Rect, bends: readonly Point[], to: Rect): Point[] {
  const middle = ({ x, y, w, h }: Rect): Point => ({ x: x + w / 2, y: y + h / 2 });
  return [leaving(from, bends[0] ?? middle(to)), ...bends, leaving(to, bends.at(-1) ?? middle(from))];
}

/** Moves a bend onto the upright or level line of what comes before or after it, where that is within `reach`. */
export function straightened(at: Point, beside: readonly (Point | undefined)[], reach: number): Point {
  const near = (own: number, others: (number | undefined)[]): number => others.find((other) => other !== undefined && Math.abs(other - own) <= reach) ?? own;
  return { x: near(at.x, beside.map((each) => each?.x)), y: near(at.y, beside.map((each) => each?.y)) };
}

/** Places in the middle of the pieces of a way, with the number of the bend that one there would be; short pieces have none. */
export function middles(way: readonly Point[], shortest: number): { at: Point; bend: number }[] {
  return way.slice(1).flatMap((end, bend) => {
    const start = way[bend] ?? end;
    return Math.hypot(end.x - start.x, end.y - start.y) < shortest ? [] : [{ at: { x: (start.x + end.x) / 2, y: (start.y + end.y) / 2 }, bend }];
  });
}

/** Points as the `d` of a path. */
export const wayOf = (points: readonly Point[]): string => points.map(({ x, y }, at) => `${at === 0 ? "M" : "L"}${x} ${y}`).join("");

/** How a drawing fills the room that there is, in its middle; small ones are not blown up. */
export function fitted(room: { width: number; height: number }, size: { width: number; height: number }): { x: number; y: number; zoom: number } {
  const MARGIN = 18;
  const wide = (room.width - 2 * MARGIN) / Math.max(1, size.width);
  const high = (room.height - 2 * MARGIN) / Math.max(1, size.height);
  const zoom = Math.max(0.1, Math.min(1.5, wide, high));
  return { x: (room.width - size.width * zoom) / 2, y: (room.height - size.height * zoom) / 2, zoom };
}

/** The nearest rectangle in a direction from another, for going from element to element by keyboard. */
export function neighbour<K>(rects: ReadonlyMap<K, Rect>, from: K, key: "ArrowLeft" | "ArrowRight" | "ArrowUp" | "ArrowDown"): K | undefined {
  const own = rects.get(from);
  if (!own) return undefined;
  const [dx, dy] = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[key] as [number, number];
  let best: { key: K; far: number } | undefined;
  for (const [other, rect] of rects) {
    if (other === from) continue;
    const x = rect.x + rect.w / 2 - own.x - own.w / 2;
    const y = rect.y + rect.h / 2 - own.y - own.h / 2;
    const along = x * dx + y * dy;
    const beside = Math.abs(x * dy) + Math.abs(y * dx);
    if (along <= 0) continue;
    const far = along + beside * 2;
    if (!best || far < best.far) best = { key: other, far };
  }
  return best?.key;
}
