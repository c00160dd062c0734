import { markdown, markdownLanguage } from "@codemirror/lang-markdown";
import { EditorState, type Transaction } from "@codemirror/state";
import type { Command, EditorView } from "@codemirror/view";
import { describe, expect, it } from "vitest";
import { insertBlock, togglePrefix, type Target } from "../markdownEdits";
import { insertTable, tableKeys } from "./tableEdits";

/** An editor whose cursor stands at `‸`; a selection between two of them. */
function editor(text: string): Target {
  const anchor = text.indexOf("‸");
  const head = text.lastIndexOf("‸");
  const selection = head > anchor ? { anchor, head: head - 1 } : { anchor: Math.max(0, anchor) };
  const target = {
    state: EditorState.create({ doc: text.replaceAll("‸", ""), selection, extensions: markdown({ base: markdownLanguage }) }),
    dispatch: (transaction: Transaction) => void (target.state = transaction.state),
  };
  return target;
}
const shown = ({ state }: Target): string => {
  const { from, to } = state.selection.main;
  const text = state.doc.toString();
  return from === to ? `${text.slice(0, from)}‸${text.slice(from)}` : `${text.slice(0, from)}‸${text.slice(from, to)}‸${text.slice(to)}`;
};
const press = (target: Target, key: string, shift = false): boolean => {
  const binding = tableKeys.find((each) => each.key === key);
  return ((shift ? binding?.shift : binding?.run) as Command)(target as unknown as EditorView);
};

describe("in a table", () => {
  it("Tab goes on and lays out, past the end into a new row", () => {
    const it = editor("x\n\n| a‸ | long head |\n|--|--|\n| 1 | 2 |\n");
    expect(press(it, "Tab")).toBe(true);
    expect(shown(it)).toBe("x\n\n| a   | ‸long head‸ |\n| --- | --------- |\n| 1   | 2         |\n");
    press(it, "Tab");
    press(it, "Tab");
    expect(shown(it)).toContain("| 1   | ‸2‸         |");
    press(it, "Tab");
    expect(shown(it)).toBe("x\n\n| a   | long head |\n| --- | --------- |\n| 1   | 2         |\n| ‸    |           |\n");
    press(it, "Tab", true);
    expect(shown(it)).toContain("| ‸2‸         |");
  });

  it("Enter goes down, adds a row, and leaves from an empty one", () => {
    const it = editor("| a | b |\n|---|---|\n| 1‸ | 2 |\nend");
    const table = editor("| a | b |\n|---|---|\n| 1‸ | 2 |\n\nend");
    expect(press(it, "Enter")).toBe(true);
    press(table, "Enter");
    expect(shown(table)).toBe("| a   | b   |\n| --- | --- |\n| 1   | 2   |\n| ‸    |     |\n\nend");
    press(table, "Enter");
    expect(shown(table)).toBe("| a   | b   |\n| --- | --- |\n| 1   | 2   |\n\n‸\nend");
  });

  it("keys mean what they always do outside", () => {
    expect(press(editor("no table‸"), "Tab")).toBe(false);
    expect(press(editor("```\n| a |‸\n|---|\n```"), "Enter")).toBe(false);
  });
});

it("puts a new table on lines of its own", () => {
  const it = editor("before‸ after");
  insertTable(it, (n) => `Column ${n}`);
  expect(shown(it)).toBe("before\n\n| ‸Column 1‸ | Column 2 |\n| -------- | -------- |\n|          |          |\n\n after");
});

it("keeps one empty line around a block", () => {
  const it = editor("a\n\n‸\n\nb");
  insertBlock(it, "X");
  expect(it.state.doc.toString()).toBe("a\n\nX\n\nb");
});

describe("lists and headings", () => {
  it("are made of the selected lines, changed and taken away", () => {
    const it = editor("‸one\n\n- two‸");
    togglePrefix(it, "number");
    expect(it.state.doc.toString()).toBe("1. one\n\n2. two");
    togglePrefix(it, "bullet");
    expect(it.state.doc.toString()).toBe("- one\n\n- two");
    togglePrefix(it, "bullet");
    expect(it.state.doc.toString()).toBe("one\n\ntwo");
  });

  it("change their level", () => {
    const it = editor("## head‸");
    togglePrefix(it, 3);
    expect(shown(it)).toBe("### head‸");
    togglePrefix(it, 3);
    expect(shown(it)).toBe("head‸");
  });
});
