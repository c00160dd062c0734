/** A drawing as nodes and edges of the canvas. Boundaries lie below lines, lines below boxes. */
import type { ArchitectureParts, Drawing } from "../../bindings/contract";
import type { FlowNode, LineEdge } from "./editor.svelte";
import { boundaryId, lineId, spoken } from "./lib";

/** Words for who does not see the canvas. */
export interface Naming {
  kind: (kind: string) => string;
  findings: (count: number) => string;
  element: () => string;
  boundary: () => string;
  relation: () => string;
}

/** What is carried itself does not carry the canvas. (`nopan` is taken off whatever the canvas does not drag by itself.) */
export const HELD = "held";

const LINES = 100;
const BOXES = 200;

/** The nodes of a drawing, boundaries first. */
export function nodesOf(drawing: Drawing, parts: ArchitectureParts | null, naming: Naming): FlowNode[] {
  const rows = new Map(parts?.elements.map((row) => [row.key, row]));
  const depth = (at: number | null): number => (at === null ? 0 : 1 + depth(drawing.boundaries[at]?.parent ?? null));
  const common = { draggable: false, deletable: false, class: HELD } as const;
  const label = (element: string | null, name: string, kind: string): string => {
    const row = element === null ? undefined : rows.get(element);
    return spoken({ name, technology: row?.technology ?? "" }, naming.kind(kind), row && row.findings.length > 0 ? naming.findings(row.findings.length) : "");
  };
  const boundaries = drawing.boundaries.map((drawn, at): FlowNode => ({
    ...common,
    id: boundaryId(at, drawn.element),
    type: "boundary",
    position: { x: drawn.rect.x, y: drawn.rect.y },
    width: drawn.rect.w,
    height: drawn.rect.h,
    zIndex: depth(drawn.parent),
    // Only its name takes the pointer: what is in it lies below it on the canvas.
    style: "pointer-events: none",
    data: { drawn, at },
    ariaLabel: label(drawn.element, drawn.name, drawn.kind),
    domAttributes: { "aria-roledescription": naming.boundary() },
  }));
  const boxes = drawing.boxes.map((drawn): FlowNode => ({
    ...common,
    id: drawn.element,
    type: "box",
    position: { x: drawn.rect.x, y: drawn.rect.y },
    width: drawn.rect.w,
    height: drawn.rect.h,
    zIndex: BOXES,
    data: { drawn },
    ariaLabel: label(drawn.element, drawn.name, drawn.kind),
    domAttributes: { "aria-roledescription": naming.element() },
  }));
  return [...boundaries, ...boxes];
}

/** The edges of a drawing. They are reached from their elements by keyboard: twice as many stops would help nobody. */
export function edgesOf(drawing: Drawing): LineEdge[] {
  const there = new Set([...drawing.boxes.map((box) => box.element), ...drawing.boundaries.map((each) => each.element)]);
  return drawing.lines.flatMap((drawn, at): LineEdge[] => {
    if (!there.has(drawn.source) || !there.has(drawn.destination)) return [];
    return [{ id: lineId(drawn, at), type: "line", source: drawn.source, target: drawn.destination, data: { drawn, at }, zIndex: LINES, deletable: false, focusable: false, ariaLabel: drawn.alt }];
  });
}

/** The same with what was selected before. */
export function restored<T extends { id: string; selected?: boolean }>(fresh: T[], before: readonly T[]): T[] {
  const selected = new Set(before.filter((each) => each.selected).map((each) => each.id));
  return fresh.map((each) => (selected.has(each.id) ? { ...each, selected: true } : each));
}
