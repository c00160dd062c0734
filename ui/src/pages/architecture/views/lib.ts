/** Which views are printed, and in which order. Pure. */
import type { Diagram, ViewRow } from "../../../bindings/contract";

/** A view with the diagram of the report that it is, if it is one. */
export interface ReportRow {
  view: ViewRow;
  diagram: Diagram | null;
}

/** The printed views in the order of the report, then the others in that of the model. A view may be printed more than once. */
export function reportRows(views: readonly ViewRow[], diagrams: readonly Diagram[], architecture: string): ReportRow[] {
  const byKey = new Map(views.map((view) => [view.key, view]));
  const printed = diagrams.flatMap((diagram) => {
    const view = diagram.architecture === architecture ? byKey.get(diagram.view) : undefined;
    return view ? [{ view, diagram }] : [];
  });
  const there = new Set(printed.map(({ view }) => view.key));
  return [...printed, ...views.filter(({ key }) => !there.has(key)).map((view) => ({ view, diagram: null }))];
}

/** Diagrams whose view the model does not have any more. */
export function lost(views: readonly ViewRow[], diagrams: readonly Diagram[], architecture: string): Diagram[] {
  const keys = new Set(views.map(({ key }) => key));
  return diagrams.filter((diagram) => diagram.architecture === architecture && !keys.has(diagram.view));
}

/** Behind which diagram of the whole report one is put so that it changes places with its neighbour here; undefined at the end. */
export function placeAfter(rows: readonly ReportRow[], diagrams: readonly Diagram[], id: string, step: -1 | 1): string | null | undefined {
  const here = rows.flatMap(({ diagram }) => (diagram ? [diagram.id] : []));
  const at = here.indexOf(id);
  const neighbour = here[at + step];
  if (at < 0 || neighbour === undefined) return undefined;
  if (step > 0) return neighbour;
  const all = diagrams.map((each) => each.id).filter((each) => each !== id);
  return all[all.indexOf(neighbour) - 1] ?? null;
}
