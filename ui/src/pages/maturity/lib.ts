import type { Area, AreaSuggestion, Assessment, Column, Level, LevelFact, MissingFact, Pack, RubricColumn, RubricLevel, Severity, Step, Suggestion } from "../../bindings/contract";
import { fold } from "../../shared/fuzzy";

export type Row = Record<string, string>;

/** An area as it is defined, and what was found. */
export interface AreaItem {
  /** `pack/area`; its identity whether it is assessed or not. */
  key: string;
  pack: Pack;
  id: string;
  area: Area;
  title: string;
  assessment: Assessment | undefined;
}

/** All areas of the packs, in their order. */
export function areaItems(packs: readonly Pack[], assessments: readonly Assessment[]): AreaItem[] {
  return packs.flatMap((pack) =>
    (pack.areas ?? []).map((area) => ({
      key: `${pack.id ?? ""}/${area.id ?? ""}`,
      pack,
      id: area.id ?? "",
      area,
      title: area.title ?? "",
      assessment: assessments.find((each) => each.pack === pack.id && each.area === area.id),
    })),
  );
}

/** The area that a route's id means: an assessment's id, or `pack/area`. */
export function areaOf(items: readonly AreaItem[], id: string | undefined): AreaItem | undefined {
  return id === undefined ? undefined : items.find((item) => item.assessment?.id === id || item.key === id);
}

/** The rubric's columns that speak of the area; all of them when none is named. */
export function columnsFor(item: AreaItem, all: boolean): RubricColumn[] {
  const columns = item.pack.rubric?.columns ?? [];
  const own = item.area.rubric_columns ?? [];
  return all || own.length === 0 ? columns : columns.filter((column) => own.includes(column.id ?? ""));
}

/** The rubric's levels, highest first. */
export function levelsOf(pack: Pack): RubricLevel[] {
  return [...(pack.rubric?.levels ?? [])].sort((a, b) => (b.level ?? 0) - (a.level ?? 0));
}

/** A word for each level from 1 to 5, for the choice of one. */
export function anchorsOf(pack: Pack): string[] {
  return [1, 2, 3, 4, 5].map((level) => pack.rubric?.levels?.find((each) => each.level === level)?.name ?? "");
}

/** The pack's steps from the level now to the one wanted. */
export function stepsBetween(pack: Pack, now: number | null | undefined, wanted: number | null | undefined): Step[] {
  if (!now || !wanted) return [];
  return (pack.steps ?? []).filter((step) => (step.from ?? 0) >= now && (step.to ?? 9) <= wanted);
}

/** What the evidence says of an area. */
export function suggestionOf(item: AreaItem, all: readonly AreaSuggestion[]): Suggestion | undefined {
  return all.find((each) => each.pack === item.pack.id && each.area === item.id)?.suggestion;
}

/** The suggested level, where it is another than the one given; null where it is the same or nothing is suggested. */
export function differingFrom(level: number | null, suggestion: Suggestion | undefined): Level | null {
  const suggested = suggestion?.level ?? null;
  return suggested !== null && suggested !== level ? suggested : null;
}

/** What keeps the next level from being suggested: facts against it, and what it requires and nobody measured. */
export function neededForNext({ next, against, missing }: Suggestion): { against: LevelFact[]; missing: MissingFact[] } {
  if (next === null) return { against: [], missing: [] };
  return { against: against.filter((fact) => fact.level <= next), missing: missing.filter((fact) => fact.required && fact.level <= next) };
}

const SEVERITIES: readonly Severity[] = ["critical", "high", "medium", "low", "info"];
const RATINGS = ["1", "2", "3", "4", "5"];

/** The values that a column offers; null where anything may be written. */
export function choicesFor(column: Column): readonly string[] | null {
  switch (column.type) {
    case "rating":
    case "level":
      return RATINGS;
    case "severity":
      return SEVERITIES;
    case "choice":
    case "status":
      return column.choices ?? [];
    default:
      return null;
  }
}

/** A pasted text as a cell of the column: a choice in its own spelling, the rest as it came. */
export function fitted(column: Column, text: string): string {
  const value = text.trim();
  const choices = choicesFor(column);
  return choices?.find((choice) => fold(choice) === fold(value)) ?? value;
}

/** A row without empty cells, as the engagement keeps it. */
function tidy(row: Row): Row {
  return Object.fromEntries(Object.entries(row).filter(([, text]) => text !== ""));
}

/** The rows with one cell changed. */
export function withCell(rows: readonly Row[], at: number, column: string, text: string): Row[] {
  return rows.map((row, index) => (index === at ? tidy({ ...row, [column]: text }) : row));
}

/** The rows with cells pasted from one of them on, to the right and down; rows are added as needed. A heading line is left out. */
export function withPasted(rows: readonly Row[], columns: readonly Column[], row: number, column: number, cells: readonly (readonly string[])[]): { rows: Row[]; pasted: number } {
  const titles = columns.slice(column).map((each) => fold(each.title ?? ""));
  const isHeading = cells.length > 1 && cells[0] !== undefined && cells[0].length > 1 && cells[0].every((cell, at) => titles[at] === fold(cell));
  const body = isHeading ? cells.slice(1) : cells;
  const next = [...rows];
  body.forEach((line, down) => {
    const into: Row = { ...next[row + down] };
    line.forEach((cell, right) => {
      const target = columns[column + right];
      if (target?.id) into[target.id] = fitted(target, cell);
    });
    next[row + down] = tidy(into);
  });
  return { rows: next, pasted: body.length };
}

/** The rows with one moved up or down. */
export function moved(rows: readonly Row[], at: number, by: -1 | 1): Row[] {
  const to = at + by;
  if (to < 0 || to >= rows.length) return [...rows];
  const next = [...rows];
  const [row] = next.splice(at, 1);
  if (row) next.splice(to, 0, row);
  return next;
}

/** How many areas have a level. */
export const assessedCount = (items: readonly AreaItem[]): number => items.filter((item) => item.assessment?.level).length;
