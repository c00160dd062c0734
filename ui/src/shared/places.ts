/** Where something that is carried over a list would be put down, and how fast the list scrolls under it. */

/** A stretch on one axis. */
export interface Stretch {
  from: number;
  to: number;
}

/** How near its edge a box begins to scroll, and how far it scrolls in a frame at most, in pixels. */
const EDGE = 32;
const MOST = 14;

/** How many rows lie above a height, by the rows' middles from top to bottom. */
export function placeAt(middles: readonly number[], y: number): number {
  return middles.filter((middle) => middle < y).length;
}

/** The same for elements, as they stand on the screen. */
export function placeAmong(elements: Iterable<Element>, y: number): number {
  const middles = [...elements].map((element) => {
    const box = element.getBoundingClientRect();
    return box.top + box.height / 2;
  });
  return placeAt(middles, y);
}

/** How far a box scrolls in a frame for a pointer at `at`: faster the nearer the edge, and at full speed behind it. */
export function edgeStep(at: number, { from, to }: Stretch): number {
  // A small box keeps a middle in which nothing moves.
  const edge = Math.min(EDGE, (to - from) / 4);
  if (edge <= 0) return 0;
  const depth = at < from + edge ? at - from - edge : at > to - edge ? at - to + edge : 0;
  return Math.round(Math.max(-1, Math.min(1, depth / edge)) * MOST);
}

/** Whether what stands in `order` stays where it is when it is put behind `after` (null is the first place). */
export function staysPut(order: readonly string[], id: string, after: string | null): boolean {
  return after === id || after === (order[order.indexOf(id) - 1] ?? null);
}
