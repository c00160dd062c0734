import type { Snippet } from "svelte";
import { fold } from "./fuzzy";

/** What a cell holds for sorting, filtering and copying. */
export type CellValue = string | number | boolean | null | undefined;

/** A column of a `DataTable`. */
export interface Column<T> {
  id: string;
  title: string;
  /** The value that sorts, filters and is copied; also what is shown without `cell`. */
  value: (row: T) => CellValue;
  /** What is shown, when not the value. */
  text?: (row: T) => string;
  /** A snippet of the page that draws the cell. */
  cell?: Snippet<[T]>;
  /** A track of a CSS grid, for example `8rem` or `minmax(14rem, 1fr)` (the default). */
  width?: string;
  align?: "start" | "end" | "center";
  /** `choice` offers the column's values in the tool row; `none` leaves it out of the text filter. */
  filter?: "text" | "choice" | "none";
  /** Sorts by this instead of the value, for example severity by weight. */
  order?: (row: T) => string | number | null;
  sortable?: boolean;
}

export interface Sort {
  column: string;
  down: boolean;
}

/** What a cell shows as text. */
export function cellText<T>(column: Column<T>, row: T): string {
  if (column.text) return column.text(row);
  const value = column.value(row);
  if (value === null || value === undefined) return "";
  if (typeof value === "boolean") return value ? "✓" : "";
  return String(value);
}

/** Rows that hold every word of the filter in one of their columns, and every chosen value. */
export function filterRows<T>(rows: readonly T[], columns: readonly Column<T>[], words: string, chosen: Readonly<Record<string, string>>): T[] {
  const wanted = fold(words).split(/\s+/).filter(Boolean);
  const choices = columns.filter((column) => chosen[column.id] !== undefined && chosen[column.id] !== "");
  if (wanted.length === 0 && choices.length === 0) return [...rows];
  const searched = columns.filter((column) => column.filter !== "none");
  return rows.filter((row) => {
    if (!choices.every((column) => cellText(column, row) === chosen[column.id])) return false;
    if (wanted.length === 0) return true;
    const text = fold(searched.map((column) => cellText(column, row)).join("\n"));
    return wanted.every((word) => text.includes(word));
  });
}

/** Sorted rows; equal ones keep their order, empty ones come last either way. */
export function sortRows<T>(rows: readonly T[], columns: readonly Column<T>[], sort: Sort | null, language = "en"): T[] {
  const column = sort && columns.find((each) => each.id === sort.column);
  if (!column) return [...rows];
  const collator = new Intl.Collator(language, { numeric: true, sensitivity: "base" });
  const key = column.order ?? column.value;
  const direction = sort.down ? -1 : 1;
  return rows
    .map((row, index) => ({ row, index, key: key(row) }))
    .sort((a, b) => {
      const emptyA = a.key === null || a.key === undefined || a.key === "";
      const emptyB = b.key === null || b.key === undefined || b.key === "";
      if (emptyA || emptyB) return Number(emptyA) - Number(emptyB) || a.index - b.index;
      const order =
        typeof a.key === "number" && typeof b.key === "number" ? a.key - b.key : collator.compare(String(a.key), String(b.key));
      return order * direction || a.index - b.index;
    })
    .map((each) => each.row);
}

/** The values that a choice column offers, in the order of the rows. */
export function choicesOf<T>(column: Column<T>, rows: readonly T[]): string[] {
  return [...new Set(rows.map((row) => cellText(column, row)))].filter((value) => value !== "");
}

/** Rows as tab-separated values with a heading line; a value with a tab, quote or line end is quoted as spreadsheets do. */
export function toTsv<T>(rows: readonly T[], columns: readonly Column<T>[]): string {
  const quote = (text: string): string => (/[\t\n\r"]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  const lines = rows.map((row) => columns.map((column) => quote(cellText(column, row))).join("\t"));
  return [columns.map((column) => quote(column.title)).join("\t"), ...lines].join("\n");
}

/** Reads what a spreadsheet puts on the clipboard: rows of cells, quoted ones with line ends inside. */
export function fromTsv(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let cell = "";
  let quoted = false;
  for (let at = 0; at < text.length; at += 1) {
    const letter = text[at] as string;
    if (quoted) {
      if (letter === '"' && text[at + 1] === '"') {
        cell += '"';
        at += 1;
      } else if (letter === '"') quoted = false;
      else cell += letter;
    } else if (letter === '"' && cell === "") quoted = true;
    else if (letter === "\t") {
      row.push(cell);
      cell = "";
    } else if (letter === "\n" || letter === "\r") {
      if (letter === "\r" && text[at + 1] === "\n") at += 1;
      rows.push([...row, cell]);
      row = [];
      cell = "";
    } else cell += letter;
  }
  if (cell !== "" || row.length > 0) rows.push([...row, cell]);
  return rows;
}

/** The part of a list of equal rows that is worth drawing. */
export function windowed(count: number, rowHeight: number, scrollTop: number, viewHeight: number, spare = 8): { from: number; to: number } {
  const from = Math.max(0, Math.floor(scrollTop / rowHeight) - spare);
  const to = Math.min(count, Math.ceil((scrollTop + viewHeight) / rowHeight) + spare);
  return { from: Math.min(from, to), to };
}

/** The least width of a column's track: `14rem` for `minmax(14rem, 1fr)`, and for none given. */
export function leastOf(track: string | undefined): string {
  return /^minmax\(\s*(min\([^)]*\)|[^,]+),/.exec(track ?? "minmax(12rem, 1fr)")?.[1] ?? track ?? "12rem";
}

/** The width of a column of a fixed width, with room for its title as far as that is not long, in rem. */
function fixedWidth<T>(column: Column<T>): number {
  const given = Number.parseFloat(column.width ?? "");
  // Half-bold small type and the cell's padding.
  const title = Math.min(9.5, column.title.length * 0.58 + 1.1);
  return Number.isNaN(given) ? 0 : Math.max(given, Math.round(title * 10) / 10);
}

/** As much as a flexible column asks for, and as little as it can do with, in rem. */
const FLEXIBLE = { wanted: 26, least: 9 };
/** The columns that always stand beside the first flexible one, which holds what a row is called: its number, its weight. */
const ALWAYS = 2;

const isFlexible = <T>(column: Column<T>): boolean => column.width === undefined || column.width.startsWith("minmax(");

/**
 * The columns that fit into a width (both in rem). The last ones give way first, so that a title can be read where
 * there is little room; the one sorted by stays.
 */
export function fittingColumns<T>(columns: readonly Column<T>[], width: number, sorted?: string): Column<T>[] {
  if (width <= 0) return [...columns];
  const least = (column: Column<T>): number => (isFlexible(column) ? Number.parseFloat(leastOf(column.width)) || 0 : fixedWidth(column));
  const wanted = (column: Column<T>): number => (isFlexible(column) ? Math.max(least(column), Math.min(FLEXIBLE.wanted, width / 2)) : least(column));
  const sum = (some: readonly Column<T>[], of: (column: Column<T>) => number): number => some.reduce((total, column) => total + of(column), 0);
  const kept = [...columns];
  const name = columns.find(isFlexible);
  // All of them, as long as none is squeezed under its least.
  if (sum(kept, least) <= width && sum(kept, wanted) <= width) return kept;
  for (let at = kept.length - 1; at >= ALWAYS && sum(kept, wanted) > width; at -= 1) {
    const column = kept[at] as Column<T>;
    if (!isFlexible(column) && column.id !== sorted) kept.splice(at, 1);
  }
  for (let at = kept.length - 1; at >= ALWAYS && sum(kept, least) > width; at -= 1) {
    const column = kept[at] as Column<T>;
    if (column !== name && column.id !== sorted) kept.splice(at, 1);
  }
  return kept;
}

/** A column's track, its least width eased where even the columns that fit need more than there is. */
export function trackOf<T>(column: Column<T>, eased: boolean): string {
  if (!isFlexible(column)) return /^[\d.]+rem$/.test(column.width ?? "") ? `${fixedWidth(column)}rem` : (column.width ?? "");
  const track = column.width ?? "minmax(12rem, 1fr)";
  return eased ? track.replace(/^minmax\(\s*[^,]+/, `minmax(min(${leastOf(track)}, ${FLEXIBLE.least}rem)`) : track;
}

/** Ids from one row to another, either way round. */
export function between(ids: readonly string[], a: string, b: string): string[] {
  const from = ids.indexOf(a);
  const to = ids.indexOf(b);
  if (from < 0 || to < 0) return to >= 0 ? [b] : [];
  return ids.slice(Math.min(from, to), Math.max(from, to) + 1);
}
