import type { TextHit } from "../../bindings/contract";
import type { Page } from "../../host";

/** Pixels a point at 100 %. */
export const PIXELS_PER_POINT = 96 / 72;
export const GAP = 14;
export const ZOOM_STEPS: readonly number[] = [0.5, 0.75, 1, 1.25, 1.5, 2, 3, 4];
/** How large pages are: as wide as the pane, wholly in it, or a share of 100 %. */
export type Zoom = "width" | "page" | number;

/** A page as it lies in the pane, in pixels. */
export interface Box {
  hash: string;
  top: number;
  width: number;
  height: number;
}

/** Lays the pages under each other; `perPoint` is pixels a point. */
export function boxes(pages: readonly Page[], perPoint: number): Box[] {
  let top = GAP;
  return pages.map((page) => {
    const box = { hash: page.hash, top, width: Math.round(page.width * perPoint), height: Math.round(page.height * perPoint) };
    top += box.height + GAP;
    return box;
  });
}

/** Height of all pages with their gaps. */
export function totalHeight(all: readonly Box[]): number {
  const last = all.at(-1);
  return last ? last.top + last.height + GAP : 0;
}

/** Index of the page at a height; the nearest when it is in a gap. */
export function pageAt(all: readonly Box[], y: number): number {
  let low = 0;
  let high = all.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    const box = all[middle] as Box;
    if (y < box.top + box.height + GAP / 2) high = middle;
    else low = middle + 1;
  }
  return Math.max(0, low);
}

/** The pages worth drawing: what is seen, one before and one after. */
export function drawn(all: readonly Box[], scrollTop: number, viewHeight: number): { from: number; to: number } {
  if (all.length === 0) return { from: 0, to: 0 };
  return { from: Math.max(0, pageAt(all, scrollTop) - 1), to: Math.min(all.length, pageAt(all, scrollTop + viewHeight) + 2) };
}

/** Pixels a point so that the widest page fills the pane. */
export function fitWidth(pages: readonly Page[], paneWidth: number): number {
  const widest = pages.reduce((width, page) => Math.max(width, page.width), 1);
  return Math.max(0.2, (paneWidth - 2 * GAP) / widest);
}

/** Pixels a point so that a whole page of the largest size stands in the pane. */
export function fitPage(pages: readonly Page[], paneWidth: number, paneHeight: number): number {
  const highest = pages.reduce((height, page) => Math.max(height, page.height), 1);
  return Math.max(0.1, Math.min(fitWidth(pages, paneWidth), (paneHeight - 2 * GAP) / highest));
}

/** Pixels a point for a zoom. */
export function pixelsPerPoint(zoom: Zoom, pages: readonly Page[], paneWidth: number, paneHeight: number): number {
  if (zoom === "width") return fitWidth(pages, paneWidth);
  if (zoom === "page") return fitPage(pages, paneWidth, paneHeight);
  return zoom * PIXELS_PER_POINT;
}

/** A picture larger than this is more than a window can hold of several pages. */
const MOST_SCALE = 12;
/** Enough for a page that is about to be scrolled to. */
const WAITING_SCALE = 2;

/** Pixels a point on the glass for a page of a width in points shown `shown` pixels wide: one pixel of the picture is one of the screen's. */
export function imageScale(points: number, shown: number, devicePixels: number, inView: boolean): number {
  const exact = Math.round(((shown * devicePixels) / points) * 1000) / 1000;
  return Math.min(exact, inView ? MOST_SCALE : WAITING_SCALE);
}

/** Rows of a picture's pixels, from `from` up to and without `to`. */
export interface Rows {
  from: number;
  to: number;
}

/** The rows that show a stretch of a page given in points, with a little more around it: letters' edges are soft. */
export function changedRows(change: { from: number; to: number }, scale: number, height: number): Rows {
  return { from: Math.max(0, Math.floor(change.from * scale) - 2), to: Math.min(height, Math.ceil(change.to * scale) + 2) };
}

/** The next step of the zoom from a share of 100 %. */
export function zoomStep(zoom: number, direction: 1 | -1): number {
  const steps = direction > 0 ? ZOOM_STEPS : [...ZOOM_STEPS].reverse();
  return steps.find((step) => (direction > 0 ? step > zoom + 0.01 : step < zoom - 0.01)) ?? zoom;
}

/** The last heading at or before a place of the document. */
export function headingAt(outline: readonly { page: number; y: number }[], page: number, y: number): number {
  let found = -1;
  outline.forEach((entry, index) => {
    if (entry.page < page || (entry.page === page && entry.y <= y)) found = index;
  });
  return found;
}

/** The first hit on a page or behind it; the first of all when there is none. */
export function firstHitFrom(hits: readonly TextHit[], page: number): number {
  if (hits.length === 0) return -1;
  const found = hits.findIndex((hit) => (hit.areas[0]?.page ?? 0) >= page);
  return Math.max(0, found);
}

/** The next hit or the one before; behind the last comes the first. */
export function stepHit(at: number, count: number, direction: 1 | -1): number {
  if (count === 0) return -1;
  if (at < 0) return direction > 0 ? 0 : count - 1;
  return (at + direction + count) % count;
}

/** Where to scroll sideways so that a place is seen; where one is when it is. */
export function sideways(left: number, paneWidth: number, x: number): number {
  return x > left + 16 && x < left + paneWidth - 80 ? left : Math.max(0, x - paneWidth / 4);
}
