/** What differs between two architectures, in lists. Pure. */
import type { Architecture, DifferenceField } from "../../../bindings/contract";
import type { Comparison } from "../sources/contract";

export type Sort = "added" | "removed" | "changed";
export const SORTS: readonly Sort[] = ["added", "removed", "changed"];

/** An element or a relation that differs. */
export interface DifferenceRow {
  id: string;
  /** Key of the element; of a relation, of where it begins: in the later model, and of what is gone in the earlier. */
  key: string;
  title: string;
  detail: string;
  fields: DifferenceField[];
}

export interface Group {
  of: "elements" | "relations";
  sort: Sort;
  rows: DifferenceRow[];
}

/** The groups that hold something: elements first, each as added, removed, changed. */
export function groups(comparison: Comparison): Group[] {
  const fields = (each: object): DifferenceField[] => ("fields" in each ? (each.fields as DifferenceField[]) : []);
  const elements = SORTS.map((sort) => ({
    of: "elements" as const,
    sort,
    rows: comparison.elements[sort].map((each) => ({ id: each.key, key: each.key, title: each.name || each.key, detail: each.kind as string, fields: fields(each) })),
  }));
  const relations = SORTS.map((sort) => ({
    of: "relations" as const,
    sort,
    rows: comparison.relations[sort].map((each, at) => ({ id: `${at} ${each.source} ${each.destination}`, key: each.source, title: each.name, detail: each.description, fields: fields(each) })),
  }));
  return [...elements, ...relations].filter(({ rows }) => rows.length > 0);
}

/** How many of each sort there are in all. */
export function counts(comparison: Comparison): Record<Sort, number> {
  const count = (sort: Sort): number => comparison.elements[sort].length + comparison.relations[sort].length;
  return { added: count("added"), removed: count("removed"), changed: count("changed") };
}

/** What an architecture is compared with at first: what was found against the target. */
export function counterpart(all: readonly Architecture[], id: string): string | null {
  const own = all.find((each) => each.id === id);
  const others = all.filter((each) => each.id !== id);
  return (others.find((each) => each.target !== own?.target) ?? others[0])?.id ?? null;
}

/** Which of two comes first: what was found, then the target; else as they stand in the list. */
export function inOrder(all: readonly Architecture[], a: string, b: string): [string, string] {
  const rank = (id: string): number => {
    const at = all.findIndex((each) => each.id === id);
    return (all[at]?.target ? 1_000_000 : 0) + at;
  };
  return rank(a) <= rank(b) ? [a, b] : [b, a];
}
