import { EditorSelection, type EditorState, type Transaction } from "@codemirror/state";

/** What an edit works on: an editor, or a state alone. */
export interface Target {
  readonly state: EditorState;
  dispatch(transaction: Transaction): void;
}

/** Puts marks around the selection, or takes them away when they are there. */
export function toggleMark({ state, dispatch }: Target, mark: string): boolean {
  const changes = state.changeByRange((range) => {
    const { from, to } = range;
    const inside = state.sliceDoc(from, to);
    const around = state.sliceDoc(from - mark.length, from) === mark && state.sliceDoc(to, to + mark.length) === mark;
    // `*` also stands at the edges of `**`: that is bold, not emphasis.
    const longer = mark === "*" && (state.sliceDoc(from - 2, from) === "**") !== (state.sliceDoc(from - 3, from) === "***");
    if (around && !longer) {
      return {
        changes: [
          { from: from - mark.length, to: from },
          { from: to, to: to + mark.length },
        ],
        range: EditorSelection.range(from - mark.length, to - mark.length),
      };
    }
    if (inside.length >= 2 * mark.length && inside.startsWith(mark) && inside.endsWith(mark) && !(mark === "*" && inside.startsWith("**") && !inside.startsWith("***"))) {
      return {
        changes: [
          { from, to: from + mark.length },
          { from: to - mark.length, to },
        ],
        range: EditorSelection.range(from, to - 2 * mark.length),
      };
    }
    return {
      changes: [
        { from, insert: mark },
        { from: to, insert: mark },
      ],
      range: EditorSelection.range(from + mark.length, to + mark.length),
    };
  });
  dispatch(state.update(changes, { userEvent: "input", scrollIntoView: true }));
  return true;
}

/** Makes the selection a link and puts the cursor where its address belongs. */
export function toggleLink({ state, dispatch }: Target): boolean {
  const { from, to } = state.selection.main;
  const inside = state.sliceDoc(from, to);
  const isUrl = /^(https:\/\/|mailto:)\S+$/.test(inside);
  const insert = isUrl ? `[](${inside})` : `[${inside}]()`;
  const anchor = isUrl || inside === "" ? from + 1 : from + insert.length - 1;
  dispatch(state.update({ changes: { from, to, insert }, selection: { anchor }, userEvent: "input", scrollIntoView: true }));
  return true;
}

/** Puts a block on lines of its own at the cursor, with empty lines around it. `select` is a range within it. */
export function insertBlock({ state, dispatch }: Target, text: string, select?: { from: number; to: number }): boolean {
  const { from, to } = state.selection.main;
  const before = state.sliceDoc(Math.max(0, from - 2), from);
  const after = state.sliceDoc(to, to + 2);
  const lead = from === 0 || before.endsWith("\n\n") || before === "\n" ? "" : before.endsWith("\n") ? "\n" : "\n\n";
  const trail = after.startsWith("\n\n") ? "" : after.startsWith("\n") ? "\n" : "\n\n";
  const start = from + lead.length;
  const selection = select ? { anchor: start + select.from, head: start + select.to } : { anchor: start + text.length + (to === state.doc.length ? trail.length : 0) };
  dispatch(state.update({ changes: { from, to, insert: lead + text + trail }, selection, userEvent: "input.paste", scrollIntoView: true }));
  return true;
}

const PREFIX = /^(\s*)(#{1,6} +|[-*+] +(?:\[[ xX]\] +)?|\d{1,9}[.)] +|> ?)?/;

/** Makes the selected lines items, a quotation or headings, or plain again when they all are already. */
export function togglePrefix({ state, dispatch }: Target, kind: "bullet" | "number" | "quote" | 1 | 2 | 3): boolean {
  const of = (index: number): string => (kind === "bullet" ? "- " : kind === "number" ? `${index + 1}. ` : kind === "quote" ? "> " : `${"#".repeat(kind)} `);
  const is = (prefix: string): boolean => (kind === "number" ? /^\d/.test(prefix) : kind === "bullet" ? /^[-*+]/.test(prefix) : prefix.trim() === of(0).trim());
  const first = state.doc.lineAt(state.selection.main.from);
  const last = state.doc.lineAt(state.selection.main.to);
  const lines = Array.from({ length: last.number - first.number + 1 }, (_, index) => state.doc.line(first.number + index));
  const worked = lines.filter((line) => lines.length === 1 || line.text.trim() !== "");
  const found = worked.map((line) => PREFIX.exec(line.text) as RegExpExecArray);
  const off = found.every((each) => is(each[2] ?? ""));
  const changes = worked.map((line, index) => {
    const [, indent = "", prefix = ""] = found[index] ?? [];
    const from = line.from + indent.length;
    return { from, to: from + prefix.length, insert: off ? "" : of(index) };
  });
  const set = state.changes(changes);
  dispatch(state.update({ changes: set, selection: state.selection.map(set, 1), userEvent: "input", scrollIntoView: true }));
  return true;
}

/** The one change that makes `before` into `after`: what a remote edit changes, so that the caret stays. */
export function difference(before: string, after: string): { from: number; to: number; insert: string } | null {
  if (before === after) return null;
  let start = 0;
  const shortest = Math.min(before.length, after.length);
  while (start < shortest && before[start] === after[start]) start += 1;
  let end = 0;
  while (end < shortest - start && before[before.length - 1 - end] === after[after.length - 1 - end]) end += 1;
  return { from: start, to: before.length - end, insert: after.slice(start, after.length - end) };
}
