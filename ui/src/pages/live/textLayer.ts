/** The page's text over its picture: transparent, to be selected and copied. Built by hand, since the browser's selection moves a mark within it. */
import type { PageText } from "../../host";

/** Of the height of a line, how much is the size of its letters. */
const LETTERS = 0.78;

let ruler: CanvasRenderingContext2D | null | undefined;

/** How wide a text is in the layer's font at a size, before it is stretched to the page's width. */
function measured(text: string, size: number): number {
  if (ruler === undefined) ruler = typeof document === "undefined" ? null : document.createElement("canvas").getContext("2d");
  if (!ruler) return 0;
  ruler.font = `${size}px sans-serif`;
  return ruler.measureText(text).width;
}

/** Fills a layer with runs; one pixel of the layer is a point of the page. */
export function fillLayer(layer: HTMLElement, runs: readonly PageText[], width: (text: string, size: number) => number = measured): void {
  const spans = runs.map((run) => {
    const span = document.createElement("span");
    span.textContent = run.text;
    span.dataset.after = run.after;
    const { x, y, width: wide, height } = run.area;
    const size = Math.max(1, Math.min(height, Math.max(wide, height / 2)) * LETTERS);
    span.style.cssText = `left:${x}px;top:${y}px;font-size:${size}px;line-height:${height}px;height:${height}px`;
    const natural = width(run.text, size);
    if (natural > 0) span.style.transform = `scaleX(${wide / natural})`;
    return span;
  });
  const end = document.createElement("div");
  end.className = "end";
  layer.replaceChildren(...spans, end);
}

/** What a selection holds of some layers, with the spaces and line ends that stand between their runs. */
export function selectedText(range: Range, layers: Iterable<Element>): string {
  let text = "";
  let pending = "";
  for (const layer of layers) {
    if (!range.intersectsNode(layer)) continue;
    for (const span of layer.querySelectorAll<HTMLElement>("span")) {
      const node = span.firstChild as Text | null;
      if (!node || !range.intersectsNode(node)) continue;
      const from = range.startContainer === node ? range.startOffset : 0;
      const to = range.endContainer === node ? range.endOffset : node.data.length;
      if (to <= from) continue;
      text += pending + node.data.slice(from, to);
      // What stands behind a run is copied only when something behind it is.
      pending = to === node.data.length ? (span.dataset.after ?? "") : "";
    }
  }
  return text;
}

/** The text of whole runs. */
export function joinedText(runs: readonly PageText[]): string {
  return runs.map((run, index) => run.text + (index < runs.length - 1 ? run.after : "")).join("");
}

/**
 * Keeps a selection from jumping to the end of the page while it is dragged over the paper between words: a mark that
 * fills the layer stands right behind the word that is being selected. Answers what stops it.
 */
export function steadySelection(root: HTMLElement): () => void {
  let before: Range | null = null;
  const release = (): void => {
    before = null;
    for (const layer of root.querySelectorAll(".words.selecting")) {
      layer.classList.remove("selecting");
      const end = layer.querySelector(".end");
      if (end) layer.append(end);
    }
  };
  const press = (event: PointerEvent): void => {
    if (event.button !== 0) return;
    for (const layer of root.querySelectorAll(".words")) layer.classList.add("selecting");
  };
  const change = (): void => {
    const selection = document.getSelection();
    if (!selection || selection.rangeCount === 0 || !root.querySelector(".words.selecting")) return;
    const range = selection.getRangeAt(0);
    const backwards = before !== null && (range.compareBoundaryPoints(Range.END_TO_END, before) === 0 || range.compareBoundaryPoints(Range.START_TO_END, before) === 0);
    const container = backwards ? range.startContainer : range.endContainer;
    const span = (container instanceof Element ? container : container.parentElement)?.closest(".words span");
    const layer = span?.closest(".words");
    const end = layer?.querySelector(".end");
    if (span && layer && end) layer.insertBefore(end, backwards ? span : span.nextSibling);
    before = range.cloneRange();
  };
  root.addEventListener("pointerdown", press);
  document.addEventListener("pointerup", release);
  document.addEventListener("pointercancel", release);
  document.addEventListener("selectionchange", change);
  return () => {
    root.removeEventListener("pointerdown", press);
    document.removeEventListener("pointerup", release);
    document.removeEventListener("pointercancel", release);
    document.removeEventListener("selectionchange", change);
  };
}
