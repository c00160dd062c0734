/** Rows of a spreadsheet as objects. */
import type { JsonValue } from "../bindings/contract";
import { fold } from "./fuzzy";

/** A field that can be pasted into. */
export interface PasteColumn {
  field: string;
  /** Its heading, to be recognised in a pasted heading line. */
  title: string;
  /** Reads a cell; undefined leaves the field as a new object has it. The text itself when not given. */
  read?: (text: string) => JsonValue | undefined;
}

/** The fields of an object for each pasted line. A heading line tells which column is which; else they come in order. */
export function pastedRows(cells: readonly (readonly string[])[], columns: readonly PasteColumn[]): Record<string, JsonValue>[] {
  const heading = (cells[0] ?? []).map((cell) => columns.find((column) => fold(column.title) === fold(cell.trim())));
  const named = heading.filter((column) => column !== undefined).length;
  // One word that happens to be a heading is none, unless it is all there is in the line.
  const isHeading = cells.length > 1 && named > 0 && named >= Math.ceil(heading.length / 2);
  const order = isHeading ? heading : columns;
  return (isHeading ? cells.slice(1) : cells).flatMap((line) => {
    const fields: Record<string, JsonValue> = {};
    line.forEach((cell, at) => {
      const column = order[at];
      const text = cell.trim();
      if (!column || text === "") return;
      const value = column.read ? column.read(text) : text;
      if (value !== undefined) fields[column.field] = value;
    });
    return Object.keys(fields).length > 0 ? [fields] : [];
  });
}

/** Whether a clipboard's text is more than one cell. */
export const isTable = (cells: readonly (readonly string[])[]): boolean => cells.length > 1 || (cells[0]?.length ?? 0) > 1;
