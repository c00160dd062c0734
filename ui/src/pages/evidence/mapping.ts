/** What the columns of a table mean: how it is chosen, column by column. Pure. */
import type { RowAggregation, FileReport, Mapping, MetricUnits, TableShape, ValueColumn } from "../../bindings/contract";

/** What a column is. */
export type Role = "none" | "time" | "subject" | "value";

export const ROLES: readonly Role[] = ["none", "time", "subject", "value"];
export const AGGREGATIONS: readonly RowAggregation[] = ["latest", "mean", "max", "p99", "each"];

export function roleOf(mapping: Mapping, column: string): Role {
  if (mapping.time === column) return "time";
  if (mapping.subject === column) return "subject";
  return valueOf(mapping, column) ? "value" : "none";
}

/** How a column is measured, where it is. */
export function valueOf(mapping: Mapping, column: string): ValueColumn | undefined {
  return mapping.values.find((value) => value.column === column);
}

/** The mapping with a column as something else. There is one time and one subject: another column gives it up. */
export function withRole(mapping: Mapping, column: string, role: Role, shape: TableShape): Mapping {
  const plain: Mapping = {
    ...mapping,
    time: mapping.time === column ? null : mapping.time,
    subject: mapping.subject === column ? null : mapping.subject,
    values: mapping.values.filter((value) => value.column !== column),
  };
  if (role === "time" || role === "subject") return { ...plain, [role]: column };
  if (role === "none") return plain;
  const fresh: ValueColumn = { column, metric: "", unit: "", aggregation: "latest", subject: "" };
  return { ...plain, values: inOrder([...plain.values, valueOf(mapping, column) ?? fresh], shape) };
}

/** Columns in the order in which the table has them. */
function inOrder(values: ValueColumn[], shape: TableShape): ValueColumn[] {
  const places = shape.columns.map((column) => column.name);
  return values.toSorted((a, b) => places.indexOf(a.column) - places.indexOf(b.column));
}

/** The mapping with a column measured in another way. */
export function withValue(mapping: Mapping, column: string, change: Partial<ValueColumn>): Mapping {
  return { ...mapping, values: mapping.values.map((value) => (value.column === column ? { ...value, ...change } : value)) };
}

/** The mapping with another metric for a column: the unit stays where the metric has it, else it is the one that the column tells. */
export function withMetric(mapping: Mapping, column: string, metric: string, vocabulary: readonly MetricUnits[], shape: TableShape): Mapping {
  const units = unitsOf(vocabulary, metric);
  const told = shape.columns.find((each) => each.name === column)?.unit ?? "";
  const before = valueOf(mapping, column)?.unit ?? "";
  const unit = [before, told].find((each) => each !== "" && units.includes(each)) ?? "";
  return withValue(mapping, column, { metric, unit });
}

export function unitsOf(vocabulary: readonly MetricUnits[], metric: string): readonly string[] {
  return vocabulary.find((each) => each.name === metric)?.units ?? [];
}

/** Metrics by the first part of their name, for a list with headings. */
export function byArea(vocabulary: readonly MetricUnits[]): [area: string, metrics: MetricUnits[]][] {
  const areas = new Map<string, MetricUnits[]>();
  for (const metric of vocabulary) {
    const area = metric.name.split(".")[0] ?? metric.name;
    areas.set(area, [...(areas.get(area) ?? []), metric]);
  }
  return [...areas];
}

/** What can be tried: without the columns whose metric is not chosen yet. */
export function complete(mapping: Mapping): Mapping {
  return { ...mapping, values: mapping.values.filter((value) => value.metric !== "") };
}

/** Columns that are to be measured and whose metric is not chosen yet. */
export function undecided(mapping: Mapping): string[] {
  return mapping.values.filter((value) => value.metric === "").map((value) => value.column);
}

/** The first cells of a column that hold something. */
export function samplesOf(shape: TableShape, column: number, most = 3): string[] {
  return shape.first_rows.map((row) => row[column] ?? "").filter((cell) => cell !== "").slice(0, most);
}

/** Words for no value as a person types them, and back. */
export const wordsOf = (typed: string): string[] => [...new Set(typed.split(/[,;]/).map((word) => word.trim()).filter(Boolean))];

/** The refused words that stand in the way most often; a number in the wrong column is none. */
export function wordsInTheWay(refused: readonly { cell: string; fault: string }[], most = 4): { word: string; times: number }[] {
  const counts = new Map<string, number>();
  for (const { cell, fault } of refused) {
    if ((fault === "no_number" || fault === "no_time") && cell !== "" && !/[,;\d]/.test(cell)) counts.set(cell, (counts.get(cell) ?? 0) + 1);
  }
  return [...counts].map(([word, times]) => ({ word, times })).sort((a, b) => b.times - a.times).slice(0, most);
}

/** The files of an import that have the columns of one of them and were not read either: one mapping is for all. */
export function alike(files: readonly FileReport[], path: string): string[] {
  const header = (file: FileReport): string => JSON.stringify((file.table?.columns ?? []).map((column) => column.name).sort());
  const one = files.find((file) => file.path === path);
  if (!one?.table) return [path];
  return [path, ...files.filter((file) => file !== one && file.table && file.outcome !== "imported" && header(file) === header(one)).map((file) => file.path)];
}

/** Whether an artifact may be a table, by its name or by how it was read. */
export const mayBeTable = (artifact: { name: string; format: string }): boolean => artifact.format === "table" || /\.(csv|tsv|tab)(\.gz)?$/i.test(artifact.name);
