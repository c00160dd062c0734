/** What can be shown on a view, as it is chosen. Pure. */
import type { ArchitectureParts, Diagram, DiagramKind, DiagramOverlay, ViewKind, ViewRow } from "../../bindings/contract";

export const OVERLAYS: readonly DiagramOverlay[] = ["none", "findings", "traffic", "age", "perspective"];

const KINDS: Record<ViewKind, DiagramKind> = {
  system_landscape: "landscape",
  system_context: "context",
  container: "container",
  component: "component",
  deployment: "deployment",
  dynamic: "dynamic",
  custom: "other",
  filtered: "other",
  image: "other",
};

/** Which kind of diagram a view is in the report. */
export const diagramKind = (kind: ViewKind): DiagramKind => KINDS[kind];

/** What is shown on a view at first: the findings, where elements are seen as a whole and as they were found. */
export function firstOverlay(kind: ViewKind, target: boolean): DiagramOverlay {
  return !target && (kind === "system_context" || kind === "container") ? "findings" : "none";
}

/** The overlays that say something: a perspective only where the model has one. */
export function overlaysOf(parts: Pick<ArchitectureParts, "perspectives"> | undefined): readonly DiagramOverlay[] {
  return parts && parts.perspectives.length > 0 ? OVERLAYS : OVERLAYS.filter((each) => each !== "perspective");
}

/** The fields of a diagram of the report that is a view. `alt` is what the drawing says of itself. */
export function diagramOf(architecture: { id: string; target: boolean }, view: Pick<ViewRow, "key" | "kind" | "title" | "description">, alt: string): Partial<Diagram> {
  return {
    title: view.title || view.key,
    kind: diagramKind(view.kind),
    target: architecture.target,
    architecture: architecture.id,
    view: view.key,
    overlay: firstOverlay(view.kind, architecture.target),
    perspective: "",
    caption: view.description,
    alt,
  };
}
