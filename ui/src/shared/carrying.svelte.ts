/**
 * Carrying something to another place with the pointer. Not by the browser's own dragging: a window that takes files
 * that are dropped on it, as the desktop's does, hears nothing of that.
 */
import { onDestroy } from "svelte";
import { edgeStep } from "./places";

/** How far the pointer goes before a press is more than a click, in pixels. */
const FAR = 5;

interface Way<P> {
  /** The place under a point of the window for what is carried; null where it cannot be put down. */
  placeAt: (x: number, y: number, id: string) => P | null;
  put: (id: string, place: P) => void;
  /** A picture of what is carried goes with the pointer. */
  picture?: boolean;
}

/** What is carried and where it would be put down. One for each list, made with its component. */
export class Carrying<P> {
  /** Id of what is carried; null while nothing is. */
  id = $state<string | null>(null);
  place = $state.raw<P | null>(null);
  private end: (() => void) | null = null;

  constructor(private readonly way: Way<P>) {
    onDestroy(() => this.end?.());
  }

  /** For `onpointerdown` of what can be carried. */
  press(event: PointerEvent, id: string): void {
    const source = event.currentTarget as HTMLElement;
    if (event.button !== 0 || !event.isPrimary || (event.target as Element).closest("input, select, textarea")) return;
    this.end?.();
    const { pointerId } = event;
    const start = { x: event.clientX, y: event.clientY };
    const grip = source.getBoundingClientRect();
    let at = start;
    let picture: HTMLElement | null = null;
    let frame = 0;
    const over = new AbortController();
    const root = document.documentElement;

    const look = (): void => {
      picture?.style.setProperty("translate", `${at.x - start.x}px ${at.y - start.y}px`);
      this.place = this.way.placeAt(at.x, at.y, id);
    };
    let scrolled = false;
    const scroll = (): void => {
      // By now a list has drawn the rows that came into view.
      if (scrolled) look();
      scrolled = false;
      for (const box of new Set([...scrollers(document.elementFromPoint(at.x, at.y)), ...home])) scrolled = scrollAt(box, at.x, at.y) || scrolled;
      frame = requestAnimationFrame(scroll);
    };
    // A list that draws its rows as they come into view may take the source away.
    const home = scrollers(source);
    const begin = (): void => {
      this.id = id;
      // The root hears of the pointer wherever it goes, and outlives the source.
      root.setPointerCapture(pointerId);
      root.style.cursor = "grabbing";
      if (this.way.picture) picture = pictureOf(source, grip);
      frame = requestAnimationFrame(scroll);
    };
    const end = (): void => {
      over.abort();
      cancelAnimationFrame(frame);
      picture?.remove();
      root.style.cursor = "";
      if (root.hasPointerCapture(pointerId)) root.releasePointerCapture(pointerId);
      this.end = this.id = this.place = null;
    };
    this.end = end;

    const listen = <K extends keyof WindowEventMap>(type: K, listener: (event: WindowEventMap[K]) => void): void =>
      window.addEventListener(type, listener, { capture: true, signal: over.signal });
    listen("pointermove", (move) => {
      if (move.pointerId !== pointerId) return;
      // Let go where the window could not hear it.
      if (move.buttons === 0) return end();
      at = { x: move.clientX, y: move.clientY };
      if (this.id === null && Math.hypot(at.x - start.x, at.y - start.y) >= FAR) begin();
      if (this.id !== null) look();
    });
    // What is under the pointer changes with it.
    listen("scroll", () => this.id !== null && look());
    listen("pointerup", (up) => {
      if (up.pointerId !== pointerId) return;
      if (this.id !== null) look();
      const { id: carried, place } = this;
      end();
      if (carried === null) return;
      swallowClick();
      if (place !== null) this.way.put(carried, place);
    });
    listen("pointercancel", (cancel) => cancel.pointerId === pointerId && end());
    listen("blur", (blur) => blur.target === window && end());
    listen("keydown", (key) => {
      if (key.key !== "Escape" || this.id === null) return;
      // It puts back what is carried, and closes nothing.
      key.preventDefault();
      key.stopImmediatePropagation();
      end();
      window.addEventListener("pointerup", swallowClick, { capture: true, once: true });
    });
    listen("selectstart", (select) => select.preventDefault());
    listen("dragstart", (drag) => drag.preventDefault());
  }
}

/** The click that ends the carrying opens nothing. */
function swallowClick(): void {
  const swallow = (click: Event): void => {
    click.preventDefault();
    click.stopImmediatePropagation();
  };
  window.addEventListener("click", swallow, { capture: true, once: true });
  // It comes with the release or not at all.
  setTimeout(() => window.removeEventListener("click", swallow, { capture: true }));
}

/** An element and those around it that scroll. */
function scrollers(element: Element | null): Element[] {
  const found: Element[] = [];
  for (let box = element; box; box = box.parentElement) {
    if (box.scrollHeight <= box.clientHeight && box.scrollWidth <= box.clientWidth) continue;
    const { overflowX, overflowY } = getComputedStyle(box);
    if (/auto|scroll/.test(`${overflowX} ${overflowY}`)) found.push(box);
  }
  return found;
}

/** Scrolls a box at whose edge the pointer is, or behind it; answers whether it went anywhere. */
function scrollAt(box: Element, x: number, y: number): boolean {
  const { left, right, top, bottom } = box.getBoundingClientRect();
  const down = x >= left && x <= right ? edgeStep(y, { from: top, to: bottom }) : 0;
  const aside = y >= top && y <= bottom ? edgeStep(x, { from: left, to: right }) : 0;
  const [before, beside] = [box.scrollTop, box.scrollLeft];
  if (down !== 0 || aside !== 0) box.scrollBy({ left: aside, top: down, behavior: "instant" });
  return box.scrollTop !== before || box.scrollLeft !== beside;
}

function pictureOf(source: HTMLElement, at: DOMRect): HTMLElement {
  const picture = source.cloneNode(true) as HTMLElement;
  for (const each of [picture, ...picture.querySelectorAll("*")]) {
    for (const name of each.getAttributeNames()) if (name === "id" || name.startsWith("data-")) each.removeAttribute(name);
  }
  picture.inert = true;
  picture.setAttribute("aria-hidden", "true");
  Object.assign(picture.style, { position: "fixed", left: `${at.left}px`, top: `${at.top}px`, width: `${at.width}px`, margin: "0", opacity: "0.9", pointerEvents: "none", zIndex: "60" });
  return document.body.appendChild(picture);
}
