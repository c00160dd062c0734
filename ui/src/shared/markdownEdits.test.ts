import { EditorState, type Transaction } from "@codemirror/state";
import { describe, expect, it } from "vitest";
import { difference, toggleLink, toggleMark, type Target } from "./markdownEdits";

function view(doc: string, from: number, to: number): Target {
  const target = {
    state: EditorState.create({ doc, selection: { anchor: from, head: to } }),
    dispatch: (transaction: Transaction) => void (target.state = transaction.state),
  };
  return target;
}
const text = (editor: Target) => editor.state.doc.toString();

describe("marks", () => {
  it("go around the selection and away again", () => {
    const editor = view("a word here", 2, 6);
    toggleMark(editor, "**");
    expect(text(editor)).toBe("a **word** here");
    toggleMark(editor, "**");
    expect(text(editor)).toBe("a word here");
  });

  it("tell emphasis from bold", () => {
    const editor = view("a **word** here", 4, 8);
    toggleMark(editor, "*");
    expect(text(editor)).toBe("a ***word*** here");
    toggleMark(editor, "*");
    expect(text(editor)).toBe("a **word** here");
  });

  it("go away when they are selected too", () => {
    const editor = view("`code`", 0, 6);
    toggleMark(editor, "`");
    expect(text(editor)).toBe("code");
  });
});

it("makes a link and waits for its address", () => {
  const editor = view("see docs", 4, 8);
  toggleLink(editor);
  expect(text(editor)).toBe("see [docs]()");
  expect(editor.state.selection.main.head).toBe(11);
});

it("finds the one change between two texts", () => {
  for (const [a, b] of [["abc", "abXc"], ["aaa", "aa"], ["", "x"], ["x", ""], ["one two", "one 2 two"], ["ab", "ba"]] as const) {
    const change = difference(a, b);
    expect(change && a.slice(0, change.from) + change.insert + a.slice(change.to)).toBe(b);
  }
  expect(difference("same", "same")).toBeNull();
});
