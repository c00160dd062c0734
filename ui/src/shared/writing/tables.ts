/** Markdown tables as text: reading, laying out in columns, moving about, making from a spreadsheet's rows. */

export type Alignment = "" | "left" | "center" | "right";

export interface Cell {
  /** What it says, without the spaces around it; `\|` as written. */
  text: string;
  /** Its place in the table's text, without the spaces around it. */
  from: number;
  to: number;
}

export interface Table {
  rows: Cell[][];
  alignments: Alignment[];
}

const DELIMITER = /^\s*\|?\s*:?-+:?\s*(\|\s*:?-+:?\s*)*\|?\s*$/;

/** The cells of a line that begins at `start`. */
function cellsOf(line: string, start: number): Cell[] {
  const cells: Cell[] = [];
  const indent = line.length - line.trimStart().length;
  let at = indent;
  if (line[at] === "|") at += 1;
  const end = line.trimEnd().length;
  let from = at;
  let code = 0;
  const push = (to: number): void => {
    const raw = line.slice(from, to);
    const lead = raw.length - raw.trimStart().length;
    const text = raw.trim();
    const begin = text === "" ? from + Math.min(1, raw.length) : from + lead;
    cells.push({ text, from: start + begin, to: start + begin + text.length });
  };
  for (; at < end; at += 1) {
    const sign = line[at];
    if (sign === "\\") at += 1;
    else if (sign === "`") code += 1;
    else if (sign === "|") {
      push(at);
      from = at + 1;
    }
  }
  if (from < end || (cells.length === 0 && end > indent)) push(end);
  return cells;
}

function alignmentOf(mark: string): Alignment {
  const left = mark.startsWith(":");
  const right = mark.endsWith(":");
  return left && right ? "center" : right ? "right" : left ? "left" : "";
}

/** Reads a table; null when the text is none. */
export function readTable(text: string): Table | null {
  const lines = text.split("\n");
  if (lines.length < 2 || !DELIMITER.test(lines[1] ?? "") || !(lines[1] ?? "").includes("-")) return null;
  const rows: Cell[][] = [];
  let start = 0;
  lines.forEach((line, index) => {
    if (index !== 1) rows.push(cellsOf(line, start));
    start += line.length + 1;
  });
  const alignments = cellsOf(lines[1] ?? "", 0).map((cell) => alignmentOf(cell.text));
  if (rows[0]?.length !== alignments.length) return null;
  return { rows, alignments };
}

const wide = /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|\p{Extended_Pictographic}/u;

/** How many columns of a fixed-width type a text takes. */
export function width(text: string): number {
  let sum = 0;
  for (const { segment } of new Intl.Segmenter(undefined, { granularity: "grapheme" }).segment(text)) sum += wide.test(segment) ? 2 : 1;
  return sum;
}

function padded(text: string, columns: number, alignment: Alignment): string {
  const free = Math.max(0, columns - width(text));
  if (alignment === "right") return " ".repeat(free) + text;
  if (alignment === "center") return " ".repeat(Math.floor(free / 2)) + text + " ".repeat(Math.ceil(free / 2));
  return text + " ".repeat(free);
}

function rule(columns: number, alignment: Alignment): string {
  const left = alignment === "left" || alignment === "center" ? ":" : "-";
  const right = alignment === "right" || alignment === "center" ? ":" : "-";
  return left + "-".repeat(Math.max(1, columns - 2)) + right;
}

/** The longest that a column is padded to; beyond it only its own row is longer. */
const WIDEST = 40;

/** Writes a table with its columns under each other. */
export function writeTable(rows: readonly (readonly string[])[], alignments: readonly Alignment[] = []): string {
  const count = Math.max(1, ...rows.map((row) => row.length));
  const columns = Array.from({ length: count }, (_, column) => Math.min(WIDEST, Math.max(3, ...rows.map((row) => width(row[column] ?? "")))));
  const line = (row: readonly string[]): string => `| ${columns.map((size, column) => padded(row[column] ?? "", size, alignments[column] ?? "")).join(" | ")} |`;
  const [head = [], ...body] = rows;
  return [line(head), `| ${columns.map((size, column) => rule(size, alignments[column] ?? "")).join(" | ")} |`, ...body.map(line)].join("\n");
}

/** The table's text laid out anew. */
export function aligned(table: Table): string {
  return writeTable(table.rows.map((row) => row.map((cell) => cell.text)), table.alignments);
}

/** Which cell a place in the table's text belongs to. */
export function cellAt(table: Table, at: number): { row: number; column: number } {
  let found = { row: 0, column: 0 };
  table.rows.forEach((cells, row) =>
    cells.forEach((cell, column) => {
      if (cell.from <= at) found = { row, column };
    }),
  );
  return found;
}

/** A cell's text as Markdown keeps it: one line, no bar that would end it. */
export function cellText(text: string): string {
  return text.replace(/\s+/g, " ").trim().replace(/(?<!\\)\|/g, "\\|");
}

/** Rows of a spreadsheet as they stand on the clipboard: tabs between cells, quotes around cells with line ends. */
export function readSpreadsheet(text: string): string[][] {
  const rows: string[][] = [[]];
  let cell = "";
  let at = 0;
  const source = text.replaceAll("\r\n", "\n").replace(/\n+$/, "");
  const endCell = (): void => {
    rows.at(-1)?.push(cell);
    cell = "";
  };
  while (at < source.length) {
    const sign = source[at] as string;
    if (sign === '"' && cell === "") {
      const close = /"((?:[^"]|"")*)"(?=[\t\n]|$)/y;
      close.lastIndex = at;
      const quoted = close.exec(source);
      if (quoted) {
        cell = (quoted[1] ?? "").replaceAll('""', '"');
        at = close.lastIndex;
        continue;
      }
    }
    if (sign === "\t") endCell();
    else if (sign === "\n") {
      endCell();
      rows.push([]);
    } else cell += sign;
    at += 1;
  }
  endCell();
  return rows;
}

/** Whether a text is a block of spreadsheet cells: two columns at least, and as many in every row. */
export function isSpreadsheet(text: string): boolean {
  if (!text.includes("\t")) return false;
  const rows = readSpreadsheet(text);
  const columns = rows[0]?.length ?? 0;
  // Tabs at a line's start are indentation: code, not cells.
  return columns > 1 && rows.every((row) => row.length === columns) && !rows.every((row) => row[0] === "");
}

/** A block of spreadsheet cells as a Markdown table; the first row is its head. Columns of numbers stand right. */
export function spreadsheetTable(text: string): string {
  const rows = readSpreadsheet(text).map((row) => row.map(cellText));
  const body = rows.slice(1);
  const numeric = (value: string): boolean => value === "" || /^[-+−]?[\d.,'’ \u00a0\u202f]*\d\s*(%|€|\$|£|[a-zµ]{1,3})?$/i.test(value);
  const alignments = (rows[0] ?? []).map((_, column): Alignment => (body.length > 0 && body.some((row) => row[column] !== "") && body.every((row) => numeric(row[column] ?? "")) ? "right" : ""));
  return writeTable(rows, alignments);
}
