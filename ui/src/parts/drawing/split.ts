/** A view with too much on it, as several views. Pure. */
import type { Drawing, DrawingWarning, Edit, ElementKind, ElementRow, ProposedPart, ViewKind, ViewRow } from "../../bindings/contract";

/** Kinds of views that are made of elements alone: steps, filters and pictures are not divided by showing and hiding. */
const DIVIDED = new Set<ViewKind>(["system_landscape", "system_context", "container", "component", "deployment", "custom"]);

/** What of a drawing is too much or too small. */
export type TooMuch = Extract<DrawingWarning, { parts: ProposedPart[] }>;

/** The views that the core proposes in place of a drawing; none where nothing is too much. */
export function partsOf(drawing: Pick<Drawing, "warnings">, view: Pick<ViewRow, "kind">): ProposedPart[] {
  const found = drawing.warnings.find((each): each is TooMuch => "parts" in each && each.parts.length > 1);
  return found && DIVIDED.has(view.kind) ? told(found.parts) : [];
}

/** With a number behind those that are called alike. */
function told(parts: readonly ProposedPart[]): ProposedPart[] {
  const alike = (title: string): ProposedPart[] => parts.filter((each) => each.title === title);
  return parts.map((part) => (alike(part.title).length > 1 ? { ...part, title: `${part.title} ${alike(part.title).indexOf(part) + 1}` } : part));
}

/** What runs somewhere is shown on views of where it runs, and nowhere else. */
const runs = (kind: ElementKind): boolean => kind.endsWith("_node") || kind.endsWith("_instance");

/** The edits that make views of the parts. A new view shows by itself what its kind usually shows: the rest is taken off it. */
export function splitting(view: ViewRow, elements: readonly ElementRow[], parts: readonly ProposedPart[]): Edit[] {
  const deployment = view.kind === "deployment";
  const environment = deployment ? (elements.find((row) => view.elements.includes(row.key) && row.environment !== "")?.environment ?? "") : "";
  const others = elements.filter((row) => runs(row.kind) === deployment && (!deployment || row.environment === environment));
  return parts.flatMap((part): Edit[] => [
    { edit: "add_view", kind: view.kind, key: part.key, scope: view.scope, environment, title: part.title },
    ...others.filter((row) => !part.elements.includes(row.key)).map((row): Edit => ({ edit: "hide", view: part.key, element: row.key })),
    ...part.elements.map((element): Edit => ({ edit: "show", view: part.key, element })),
  ]);
}
