/** The commands that read sources and compare architectures, as they are asked and answered. */
import type { ArchitectureReply, Changes, ElementKind, Id, Remark } from "../../../bindings/contract";
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
  why: string;
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

export interface Preview {
  elements: NewElement[];
  relations: NewRelation[];
  filled: Filled[];
  matches: Match[];
  conflicts: Conflict[];
}
export interface SourcesReply {
  preview: Preview;
  traffic: { unmodelled: Unmodelled[]; unseen: Unseen[] };
  remarks: Remark[];
}

export interface ElementDifference {
  key: string;
  kind: ElementKind;
  name: string;
}
export interface RelationDifference {
  source: string;
  destination: string;
  description: string;
}
export interface FieldChange {
  field: string;
  before: string;
  after: string;
}
export interface Comparison {
  elements: { added: ElementDifference[]; removed: ElementDifference[]; changed: (ElementDifference & { fields: FieldChange[] })[] };
  relations: { added: RelationDifference[]; removed: RelationDifference[]; changed: (RelationDifference & { fields: FieldChange[] })[] };
}

/** Asks for a word that the generated contract may not have yet. */
const ask = <T>(word: string, fields: object): Promise<T> => call(word as never, fields as never) as Promise<T>;

type End = { is: string; key?: string; id?: string } | null;
type Found = { file: string; place: string }[];
interface WireTraffic {
  from: string | null;
  from_name: string;
  to: string | null;
  to_name: string;
  description?: string;
  evidence: Record<string, unknown> | null;
}
interface WireSources {
  preview: {
    elements: (Omit<NewElement, "parent" | "source" | "place"> & { parent: End; sources: Found })[];
    relations: { id: string; from: End; to: End; from_name: string; to_name: string; description: string; technology: string; sources: Found }[];
    blanks: { id: string; key: string; to: string | null; name: string; field: string; value: string }[];
    matches: { existing_name: string; derived_name: string; why: string }[];
    conflicts: { name: string; field: string; existing: string; derived: string; sources: Found }[];
  };
  traffic: { seen_not_modelled: WireTraffic[]; modelled_not_seen: WireTraffic[] };
  remarks: Remark[];
}
type Changing<T> = T & { change: "added" | "removed" | "changed"; fields: FieldChange[] };
interface WireComparison {
  elements: Changing<ElementDifference>[];
  relations: Changing<{ from: string; to: string; description: string }>[];
}

const measured = ({ evidence }: WireTraffic, name: string): number | null => {
  const value = evidence?.[name];
  return typeof value === "number" ? value : null;
};
const endOf = (end: End): string => end?.id ?? end?.key ?? "";
const fileOf = (found: Found | undefined): string => found?.[0]?.file ?? "";

/** What the sources would add to an architecture; changes nothing. */
export async function previewSources(architecture: Id, paths: readonly string[]): Promise<SourcesReply> {
  const { preview, traffic, remarks } = await ask<WireSources>("preview_sources", { architecture, paths });
  return {
    preview: {
      elements: preview.elements.map((each) => ({ ...each, parent: each.parent ? endOf(each.parent) : null, source: fileOf(each.sources), place: each.sources[0]?.place ?? "" })),
      relations: preview.relations.map((each) => ({ ...each, source: endOf(each.from), destination: endOf(each.to), from_file: fileOf(each.sources) })),
      filled: preview.blanks.map((each) => ({ id: each.id, element: each.to === null ? each.key : each.name, field: each.field, value: each.value, source: "" })),
      matches: preview.matches.map((each) => ({ element: each.existing_name, derived: each.derived_name, why: each.why })),
      conflicts: preview.conflicts.map((each) => ({ element: each.name, field: each.field, kept: each.existing, offered: each.derived, source: fileOf(each.sources) })),
    },
    traffic: {
      unmodelled: traffic.seen_not_modelled.map((each, at) => ({ id: `seen ${at}`, source: each.from_name, destination: each.to_name, calls: measured(each, "calls") ?? 0, p99_ms: measured(each, "p99_ms"), error_rate: measured(each, "error_rate"), file: "" })),
      unseen: traffic.modelled_not_seen.map((each, at) => ({ id: `unseen ${at}`, source: each.from_name, destination: each.to_name, description: each.description ?? "" })),
    },
    remarks,
  };
}

/** Adds what was chosen of that, in one step. */
export const mergeSources = (architecture: Id, paths: readonly string[], chosen: readonly string[]): Promise<ArchitectureReply> => ask("merge_sources", { architecture, paths, chosen });

/** Makes findings of what traffic and model disagree on. */
export function acceptTraffic(architecture: Id, paths: readonly string[], ids: readonly string[]): Promise<Changes> {
  const places = (word: string): number[] => ids.filter((id) => id.startsWith(`${word} `)).map((id) => Number(id.slice(word.length + 1)));
  return ask("findings_from_traffic", { architecture, paths, seen: places("seen"), unseen: places("unseen") });
}

/** What differs from one architecture to another. */
export async function compareArchitectures(before: Id, after: Id): Promise<Comparison> {
  const { elements, relations } = await ask<WireComparison>("compare_architectures", { before, after });
  const of = <T extends { change: string }>(all: T[], change: string): T[] => all.filter((each) => each.change === change);
  const ends = relations.map((each) => ({ ...each, source: each.from, destination: each.to }));
  return {
    elements: { added: of(elements, "added"), removed: of(elements, "removed"), changed: of(elements, "changed") },
    relations: { added: of(ends, "added"), removed: of(ends, "removed"), changed: of(ends, "changed") },
  };
}
