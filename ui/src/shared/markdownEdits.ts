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
