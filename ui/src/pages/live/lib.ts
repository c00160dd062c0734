import type { Page } from "../../host";

/** Pixels a point at 100 %. */
export const PIXELS_PER_POINT = 96 / 72;
export const GAP = 14;
export const ZOOM_STEPS = [0.5, 0.75, 1, 1.25, 1.5, 2, 3, 4];

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

/**
 * The scale that a picture is asked for: pixels a point on the glass, in few steps, so that moving the
 * splitter does not ask for a new picture at every pixel.
 */
export function imageScale(perPoint: number, devicePixels: number): number {
  const exact = perPoint * devicePixels;
  const steps = [0.5, 1, 1.5, 2, 2.5, 3, 4, 5, 6, 8];
  return steps.find((step) => step >= exact - 0.05) ?? 8;
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
