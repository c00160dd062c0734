/** Working in a table's source: from cell to cell, rows added, columns kept under each other. */
import { ensureSyntaxTree, syntaxTree } from "@codemirror/language";
import type { ChangeSpec, EditorState } from "@codemirror/state";
import type { KeyBinding } from "@codemirror/view";
import { insertBlock, type Target } from "../markdownEdits";
import { aligned, cellAt, readTable, writeTable, type Table } from "./tables";

interface Place {
  table: Table;
  from: number;
  to: number;
  row: number;
  column: number;
}

/** The table in which the cursor stands. */
function tableAt(state: EditorState): Place | null {
  const { head, empty } = state.selection.main;
  if (!empty) return null;
  // On a busy machine what was typed last may not be parsed yet: the key waits for it.
  const tree = ensureSyntaxTree(state, Math.min(state.doc.length, head + 5_000), 200) ?? syntaxTree(state);
  for (let node = tree.resolveInner(head, -1); node.parent; node = node.parent) {
    if (node.name !== "Table" || node.parent.name !== "Document") continue;
    const from = state.doc.lineAt(node.from).from;
    const to = state.doc.lineAt(node.to).to;
    const table = readTable(state.sliceDoc(from, to));
    return table && head <= to ? { table, from, to, ...cellAt(table, head - from) } : null;
  }
  return null;
}

/** Writes the table anew and selects a cell, or puts the cursor into an empty one. */
function goTo({ state, dispatch }: Target, place: Place, rows: string[][], row: number, column: number): boolean {
  const text = writeTable(rows, place.table.alignments);
  const cell = readTable(text)?.rows[row]?.[column];
  if (!cell) return false;
  const changes: ChangeSpec = text === state.sliceDoc(place.from, place.to) ? [] : { from: place.from, to: place.to, insert: text };
  dispatch(state.update({ changes, selection: { anchor: place.from + cell.from, head: place.from + cell.to }, scrollIntoView: true, userEvent: "input.table" }));
  return true;
}

const texts = (table: Table): string[][] => table.rows.map((row) => table.alignments.map((_, column) => row[column]?.text ?? ""));

/** To the next or the previous cell; past the last one a row is added. */
function step(by: 1 | -1): (target: Target) => boolean {
  return (target) => {
    const place = selectedCell(target.state) ?? tableAt(target.state);
    if (!place) return false;
    const rows = texts(place.table);
    const columns = place.table.alignments.length;
    const next = place.row * columns + Math.min(place.column, columns - 1) + by;
    if (next < 0) return false;
    if (next >= rows.length * columns) rows.push(Array.from({ length: columns }, () => ""));
    return goTo(target, place, rows, Math.floor(next / columns), next % columns);
  };
}

/** A cell that the last step selected counts as the place of the cursor. */
function selectedCell(state: EditorState): Place | null {
  const { main } = state.selection;
  if (main.empty || state.doc.lineAt(main.from).to < main.to) return null;
  return tableAt(state.update({ selection: { anchor: main.from } }).state);
}

/** To the cell below; in the last row a row is added, in an empty last row the table is left. */
function below(target: Target): boolean {
  const place = selectedCell(target.state) ?? tableAt(target.state);
  if (!place) return false;
  const rows = texts(place.table);
  const last = place.row === rows.length - 1;
  if (last && place.row > 0 && rows[place.row]?.every((cell) => cell === "")) {
    rows.pop();
    const insert = `${writeTable(rows, place.table.alignments)}\n\n`;
    const after = target.state.doc.lines > target.state.doc.lineAt(place.to).number ? place.to + 1 : place.to;
    target.dispatch(target.state.update({ changes: { from: place.from, to: after, insert }, selection: { anchor: place.from + insert.length }, scrollIntoView: true, userEvent: "input.table" }));
    return true;
  }
  if (last) rows.push(place.table.alignments.map(() => ""));
  return goTo(target, place, rows, place.row + 1, Math.min(place.column, place.table.alignments.length - 1));
}

/** Puts the columns of the table under each other. */
export function alignTable({ state, dispatch }: Target): boolean {
  const place = tableAt(state);
  if (!place) return false;
  const text = aligned(place.table);
  dispatch(state.update({ changes: { from: place.from, to: place.to, insert: text }, selection: { anchor: Math.min(state.selection.main.head, place.from + text.length) }, userEvent: "input.table" }));
  return true;
}

/** An empty table of two columns, with its first cell selected. */
export function insertTable(target: Target, column: (n: number) => string): boolean {
  if (tableAt(target.state)) return false;
  const text = writeTable([[column(1), column(2)], ["", ""]]);
  const cell = readTable(text)?.rows[0]?.[0];
  return insertBlock(target, text, cell ? { from: cell.from, to: cell.to } : undefined);
}

export const tableKeys: readonly KeyBinding[] = [
  { key: "Tab", run: step(1), shift: step(-1) },
  { key: "Enter", run: below },
];
