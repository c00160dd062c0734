/** The commands that read sources and compare architectures, as they are asked and answered. */
import type { ArchitectureReply, Changes, DifferenceField, ElementKind, FoundIn, Id, MergeEnd, MergeReason, Remark, TrafficEvidence } from "../../../bindings/contract";
import { call } from "../../../host";

/** An element that the sources tell of and the model does not have. */
export interface NewElement {
  id: string;
  kind: ElementKind;
  name: string;
  /** The element that it would be within: the id of another new one, or the key of one of the model. */
  parent: string | null;
  technology: string;
  /** The file that it was read from, with the line where that is known. */
  source: string;
  /** The place in it. */
  place: string;
}
/** A relation that the sources tell of. */
export interface NewRelation {
  id: string;
  source: string;
  destination: string;
  description: string;
  technology: string;
  from_file: string;
}
/** A blank of an element of the model that a source fills in. */
export interface Filled {
  id: string;
  element: string;
  field: string;
  value: string;
  source: string;
}
/** An element of the model in which one of the sources was recognised. */
export interface Match {
  element: string;
  derived: string;
  why: MergeReason;
}
/** What a person wrote differs from what a source says: it stays. */
export interface Conflict {
  element: string;
  field: string;
  kept: string;
  offered: string;
  source: string;
}
/** Calls that were measured between elements that the model does not relate. */
export interface Unmodelled {
  id: string;
  source: string;
  destination: string;
  calls: number;
  p99_ms: number | null;
  error_rate: number | null;
  file: string;
}
/** A relation of the model over which no call was measured. */
export interface Unseen {
  id: string;
  source: string;
  destination: string;
  description: string;
}
/** An element that one side knows and the other does not. */
export interface Stranger {
  id: string;
  name: string;
  technology: string;
  file: string;
}
/** What was measured against what the model says. */
export interface Traffic {
  unmodelled: Unmodelled[];
  unseen: Unseen[];
  /** Services that were seen and are not in the model, while no call from them or to them was: findings may be made of them. */
  alone: Stranger[];
  /** Others that were seen and are not in the model. */
  strangers: Stranger[];
  /** In the model, and nothing of it seen. */
  silent: Stranger[];
  /** How many relations both know. */
  agreed: number;
  /** How many disagreements were decided before, and are not offered again. */
  decided: number;
}

export interface Preview {
  elements: NewElement[];
  relations: NewRelation[];
  filled: Filled[];
  matches: Match[];
  conflicts: Conflict[];
}
export interface SourcesReply {
  preview: Preview;
  traffic: Traffic;
  remarks: Remark[];
}

export interface ElementDifference {
  /** Its key in the later model; of what is gone, in the earlier. */
  key: string;
  kind: ElementKind;
  name: string;
}
export interface RelationDifference {
  source: string;
  destination: string;
  /** Their names, as `A → B`. */
  name: string;
  description: string;
}
export interface Comparison {
  elements: { added: ElementDifference[]; removed: ElementDifference[]; changed: (ElementDifference & { fields: DifferenceField[] })[] };
  relations: { added: RelationDifference[]; removed: RelationDifference[]; changed: (RelationDifference & { fields: DifferenceField[] })[] };
}

const measured = (evidence: TrafficEvidence | null, name: "calls" | "p99_ms" | "error_rate"): number | null => evidence?.[name] ?? null;
const endOf = (end: MergeEnd): string => (end.is === "new" ? end.id : end.key);
const fileOf = (found: readonly FoundIn[] | undefined): string => found?.[0]?.file ?? "";

/** What the sources would add to an architecture; changes nothing. */
export async function previewSources(architecture: Id, paths: readonly string[]): Promise<SourcesReply> {
  const { preview, traffic, decided, remarks } = await call("preview_sources", { architecture, paths: [...paths] });
  return {
    preview: {
      elements: preview.elements.map((each) => ({ ...each, parent: each.parent ? endOf(each.parent) : null, source: fileOf(each.sources), place: each.sources[0]?.place ?? "" })),
      relations: preview.relations.map((each) => ({ ...each, source: endOf(each.from), destination: endOf(each.to), from_file: fileOf(each.sources) })),
      filled: preview.blanks.map((each) => ({ id: each.id, element: each.to === null ? each.key : each.name, field: each.field, value: each.value, source: "" })),
      matches: preview.matches.map((each) => ({ element: each.existing_name, derived: each.derived_name, why: each.why })),
      conflicts: preview.conflicts.map((each) => ({ element: each.name, field: each.field, kept: each.existing, offered: each.derived, source: fileOf(each.sources) })),
    },
    traffic: {
      unmodelled: traffic.seen_not_modelled.map((each) => ({ id: each.id, source: each.from_name, destination: each.to_name, calls: measured(each.evidence, "calls") ?? 0, p99_ms: measured(each.evidence, "p99_ms"), error_rate: measured(each.evidence, "error_rate"), file: fileOf(each.evidence?.sources) })),
      unseen: traffic.modelled_not_seen.map((each) => ({ id: each.id, source: each.from_name, destination: each.to_name, description: each.description })),
      alone: traffic.elements_not_modelled.flatMap((each) => (each.id === null ? [] : [{ id: each.id, name: each.name, technology: each.technology, file: fileOf(each.sources) }])),
      strangers: traffic.elements_not_modelled.filter((each) => each.id === null).map((each, at) => ({ id: `stranger ${at}`, name: each.name, technology: each.technology, file: fileOf(each.sources) })),
      silent: traffic.elements_not_seen.map((each, at) => ({ id: `silent ${at}`, name: each.name, technology: each.technology, file: "" })),
      agreed: traffic.agreed,
      decided,
    },
    remarks,
  };
}

/** Adds what was chosen of that, in one step. */
export const mergeSources = (architecture: Id, paths: readonly string[], chosen: readonly string[]): Promise<ArchitectureReply> => call("merge_sources", { architecture, paths: [...paths], chosen: [...chosen] });

/** Makes findings of what traffic and model disagree on. */
export const acceptTraffic = (architecture: Id, paths: readonly string[], ids: readonly string[]): Promise<Changes> => call("findings_from_traffic", { architecture, paths: [...paths], chosen: [...ids] });

/** What differs from one architecture to another. */
export async function compareArchitectures(before: Id, after: Id): Promise<Comparison> {
  const { elements, relations } = await call("compare_architectures", { before, after });
  const of = <T extends { change: string }>(all: T[], change: string): T[] => all.filter((each) => each.change === change);
  const ends = relations.map((each) => ({ ...each, source: each.from, destination: each.to, name: `${each.from_name} → ${each.to_name}` }));
  return {
    elements: { added: of(elements, "added"), removed: of(elements, "removed"), changed: of(elements, "changed") },
    relations: { added: of(ends, "added"), removed: of(ends, "removed"), changed: of(ends, "changed") },
  };
}
