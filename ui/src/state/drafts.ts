import type { AppError, JsonValue, Kind } from "../bindings/contract";

export type Fields = Record<string, JsonValue>;

/** What was typed into one object and not accepted yet. */
export interface Draft {
  kind: Kind;
  id: string;
  fields: Fields;
  /** Counts up with every edit of a field, so that an answer knows whether it is still the latest. */
  versions: Record<string, number>;
  /** Fields that the core refused; they wait for the next edit. */
  refused: Set<string>;
}

export const objectKey = (kind: Kind, id: string): string => `${kind}/${id}`;
export const fieldKey = (kind: Kind, id: string, field: string): string => `${kind}/${id}/${field}`;

/** The object with what was typed over it. */
export function overlay<T extends object>(object: T, draft: Draft | undefined): T {
  return draft ? { ...object, ...draft.fields } : object;
}

/** Adds an edit to a draft. */
export function edit(draft: Draft, fields: Fields): void {
  for (const [field, value] of Object.entries(fields)) {
    draft.fields[field] = value;
    draft.versions[field] = (draft.versions[field] ?? 0) + 1;
    draft.refused.delete(field);
  }
}

/** The fields that are to be sent, with the versions that they have now. */
export function unsent(draft: Draft): { fields: Fields; versions: Record<string, number> } {
  const fields: Fields = {};
  const versions: Record<string, number> = {};
  for (const [field, value] of Object.entries(draft.fields)) {
    if (draft.refused.has(field)) continue;
    fields[field] = value;
    versions[field] = draft.versions[field] ?? 0;
  }
  return { fields, versions };
}

/** Drops what was accepted, unless it was edited again meanwhile. */
export function accepted(draft: Draft, versions: Record<string, number>): void {
  for (const [field, version] of Object.entries(versions)) {
    if (draft.versions[field] !== version) continue;
    delete draft.fields[field];
    delete draft.versions[field];
  }
}

/**
 * Marks what was refused. The core refuses a whole update for one field; the field it names is
 * set aside and the rest goes again. Without a name, all of them are set aside.
 */
export function refused(draft: Draft, versions: Record<string, number>, error: AppError): string[] {
  const root = error.field?.split(/[.[]/)[0];
  const named = root !== undefined && root in versions ? [root] : Object.keys(versions);
  const marked = named.filter((field) => draft.versions[field] === versions[field]);
  for (const field of marked) draft.refused.add(field);
  return marked;
}

export function isEmpty(draft: Draft): boolean {
  return Object.keys(draft.fields).length === 0;
}
