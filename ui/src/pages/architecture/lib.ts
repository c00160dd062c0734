/** What the editor makes of a drawing and of the model: places in Structurizr's pixels, edits, what is valid where. */
import type { Drawing, DrawnBox, Edit, ElementKind, ElementRow, Point, Rect, RelationRow, ViewKind, ViewRow } from "../../bindings/contract";
import { around } from "./geometry";

type Asked<E extends Edit["edit"]> = Extract<Edit, { edit: E }>;
/** An edit with what it needs; the core takes what is left out as not given. */
export function edit<E extends Edit["edit"]>(what: E, fields: Partial<Omit<Asked<E>, "edit">>): Edit {
  return { edit: what, ...fields } as unknown as Edit;
}

/** Where a box is kept when it stands at a point of the drawing: Structurizr's pixels of its upper left corner. */
export function savedAt(drawing: Pick<Drawing, "scale">, box: Pick<DrawnBox, "rect" | "saved">, at: Point): [number, number] {
  return [box.saved[0] + Math.round((at.x - box.rect.x) / drawing.scale), box.saved[1] + Math.round((at.y - box.rect.y) / drawing.scale)];
}

/** Structurizr draws people 400 by 400 and others 450 by 300 pixels; a new box stands with its middle at the point. */
export function newAt(drawing: Pick<Drawing, "scale" | "origin">, kind: ElementKind, middle: Point): [number, number] {
  const [w, h] = kind === "person" ? [400, 400] : [450, 300];
  return [Math.round((middle.x - drawing.origin.x) / drawing.scale - w / 2), Math.round((middle.y - drawing.origin.y) / drawing.scale - h / 2)];
}

/**
 * The edit that puts boxes at points of the drawing. On a view that the layout has placed so far, the others are kept
 * where they stand too: what was not touched does not jump.
 */
export function placing(drawing: Pick<Drawing, "key" | "scale" | "boxes">, placed: boolean, at: ReadonlyMap<string, Point>): Edit {
  const elements: Record<string, [number, number]> = {};
  for (const box of drawing.boxes) {
    const point = at.get(box.element);
    if (point) elements[box.element] = savedAt(drawing, box, point);
    else if (!placed) elements[box.element] = box.saved;
  }
  return edit("place", { view: drawing.key, elements });
}

/** The edit that leads a line over bends. */
export function bending(drawing: Pick<Drawing, "key" | "scale" | "origin">, line: { id: string; order: string }, bends: readonly Point[]): Edit {
  const pixels = (at: number, origin: number): number => Math.round((at - origin) / drawing.scale);
  return edit("bend", { view: drawing.key, relation: line.id, order: line.order, bends: bends.map(({ x, y }) => [pixels(x, drawing.origin.x), pixels(y, drawing.origin.y)]) });
}

/** Id of a boundary's node: elements go by their keys, groups by their place. */
export const boundaryId = (at: number, element: string | null): string => element ?? `group/${at}`;
/** Id of a line's edge; a step of a dynamic view may use a relation again. */
export const lineId = (line: { id: string; order: string }, at: number): string => `line/${line.id}/${line.order}/${at}`;

/** The boxes in a boundary, however deep. */
export function boxesIn(drawing: Pick<Drawing, "boxes" | "boundaries">, boundary: number): DrawnBox[] {
  const within = (at: number | null): boolean => {
    for (let up = at; up !== null; up = drawing.boundaries[up]?.parent ?? null) if (up === boundary) return true;
    return false;
  };
  return drawing.boxes.filter((box) => within(box.parent));
}

/** How a boundary stands around boxes that are being dragged: as drawn, and grown where one of them leaves it. */
export function grown(drawing: Pick<Drawing, "boxes" | "boundaries">, boundary: number, at: ReadonlyMap<string, Point>): Rect | null {
  const own = drawing.boundaries[boundary]?.rect;
  const inside = boxesIn(drawing, boundary);
  if (!own || !inside.some((box) => at.has(box.element))) return null;
  const before = around(inside.map((box) => box.rect)) as Rect;
  const now = around(inside.map((box) => ({ ...box.rect, ...at.get(box.element) }))) as Rect;
  // The room that the core left at each side stays.
  return {
    x: now.x - (before.x - own.x),
    y: now.y - (before.y - own.y),
    w: own.w + now.w - before.w,
    h: own.h + now.h - before.h,
  };
}

/** Kinds of views that can be made, with what they are about. */
export const VIEW_KINDS: Partial<Record<ViewKind, { scope: readonly ElementKind[] | null; optional?: boolean }>> = {
  system_landscape: { scope: null },
  system_context: { scope: ["software_system"] },
  container: { scope: ["software_system"] },
  component: { scope: ["container"] },
  dynamic: { scope: ["software_system", "container"], optional: true },
  deployment: { scope: ["software_system"], optional: true },
  custom: { scope: null },
};

export interface Creatable {
  kind: ElementKind;
  /** What it can be within; empty when it stands by itself. */
  parents: ElementRow[];
  /** Whether it must be within something. */
  within: boolean;
  /** What an instance can be of. */
  of: ElementRow[];
}

/** What can be made on a view: kinds, and for each what it can be within, that which the view is about first. */
export function creatable(view: ViewRow | undefined, elements: readonly ElementRow[], selected: string | undefined): Creatable[] {
  const environment = view?.kind === "deployment" ? elements.find((each) => view.elements.includes(each.key) && each.environment !== "")?.environment : undefined;
  const first = (a: ElementRow, b: ElementRow): number => rank(b) - rank(a);
  const rank = (row: ElementRow): number => (row.key === selected ? 4 : 0) + (row.key === view?.scope ? 2 : 0) + (view?.elements.includes(row.key) ? 1 : 0);
  const of = (...kinds: ElementKind[]): ElementRow[] =>
    elements.filter((each) => kinds.includes(each.kind) && (environment === undefined || each.environment === "" || each.environment === environment)).sort(first);
  const make = (kind: ElementKind, parents: ElementRow[] = [], within = false, instances: ElementRow[] = []): Creatable => ({ kind, parents, within, of: instances });
  const person = make("person");
  const system = make("software_system");
  const container = make("container", of("software_system"), true);
  const component = make("component", of("container"), true);
  const nodes = of("deployment_node");
  const all: Record<string, Creatable[]> = {
    system_landscape: [person, system],
    system_context: [person, system],
    container: [container, person, system],
    component: [component, container, person, system],
    dynamic: [container, component, person, system],
    deployment: [
      make("deployment_node", nodes),
      make("infrastructure_node", nodes, true),
      make("container_instance", nodes, true, of("container")),
      make("software_system_instance", nodes, true, of("software_system")),
    ],
    custom: [make("custom_element")],
  };
  const here = view ? (all[view.kind] ?? []) : [person, system];
  return here.filter((each) => (!each.within || each.parents.length > 0) && (!each.kind.endsWith("_instance") || each.of.length > 0));
}

/** Elements that could be shown on a view and are not, in the order of the model. */
export function showable(view: ViewRow, elements: readonly ElementRow[]): ElementRow[] {
  const running = (row: ElementRow): boolean => row.environment !== "";
  const deployment = view.kind === "deployment";
  const kinds: Partial<Record<ViewKind, readonly ElementKind[]>> = {
    system_landscape: ["person", "software_system", "custom_element"],
    system_context: ["person", "software_system", "custom_element"],
    container: ["person", "software_system", "container", "custom_element"],
    custom: ["custom_element"],
  };
  return elements.filter((row) => {
    if (view.elements.includes(row.key) || running(row) !== deployment || row.key === view.scope) return false;
    return kinds[view.kind]?.includes(row.kind) ?? true;
  });
}

/** Relations that a drawn line stands for when nobody wrote it: those between what is within its ends. */
export function standsFor(line: { source: string; destination: string }, elements: readonly ElementRow[], relations: readonly RelationRow[]): RelationRow[] {
  const parent = new Map(elements.map((row) => [row.key, row.parent]));
  const within = (key: string | null | undefined, outer: string): boolean => {
    for (let up = key, left = 20; up && left > 0; up = parent.get(up), left -= 1) if (up === outer) return true;
    return false;
  };
  return relations.filter((one) => within(one.source, line.source) && within(one.destination, line.destination));
}

/** An element after an edit that may have given it another key: it stays at its place in the model. */
export function sameElement(before: readonly ElementRow[], after: readonly ElementRow[], key: string): string | undefined {
  if (after.some((row) => row.key === key)) return key;
  const at = before.findIndex((row) => row.key === key);
  return before.length === after.length ? after[at]?.key : undefined;
}

/** What an element is, said as a person hears it: name, kind, technology, and how many findings name it. */
export function spoken(row: { name: string; technology: string } | undefined, kind: string, findings: string): string {
  return [[row?.name, kind, row?.technology].filter(Boolean).join(", "), findings].filter(Boolean).join("; ");
}

/** The number of a finding in a mark: `F-014` is 14. */
export const findingNumber = (id: string): number => Number(/\d+$/.exec(id)?.[0] ?? Number.NaN);
