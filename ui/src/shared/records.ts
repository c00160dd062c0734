import type { JsonValue } from "../bindings/contract";

/** One entry of a list that a field holds. */
export type Entry = Record<string, JsonValue>;

/** A column of a `RecordsField`. */
export interface RecordColumn {
  key: string;
  label: string;
  /** A line of text when not given. */
  type?: "text" | "date" | "number" | "choice";
  choices?: readonly { value: string; label: string }[];
  /** A track of a CSS grid; `minmax(0, 1fr)` when not given. */
  width?: string;
  /** A shown number is the kept one times this: 100 shows a share as percent. */
  times?: number;
  /** Reads the cell, when it is more than the entry's `key`. */
  read?: (entry: Entry) => JsonValue;
  /** Writes the cell, when it is more than the entry's `key`. */
  write?: (entry: Entry, value: JsonValue) => Entry;
}

export function readCell(column: RecordColumn, entry: Entry): JsonValue {
  const value = column.read ? column.read(entry) : (entry[column.key] ?? null);
  return typeof value === "number" && column.times ? Math.round(value * column.times * 1e6) / 1e6 : value;
}

export function writeCell(column: RecordColumn, entry: Entry, value: JsonValue): Entry {
  const kept = typeof value === "number" && column.times ? Math.round((value / column.times) * 1e6) / 1e6 : value;
  return column.write ? column.write(entry, kept) : { ...entry, [column.key]: kept };
}

/** The list with an entry moved one place; the same list when there is no such place. */
export function shifted<T>(list: readonly T[], at: number, step: -1 | 1): T[] {
  const to = at + step;
  if (to < 0 || to >= list.length) return [...list];
  const next = [...list];
  const [moved] = next.splice(at, 1);
  next.splice(to, 0, moved as T);
  return next;
}
