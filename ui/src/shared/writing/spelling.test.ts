import { markdown, markdownLanguage } from "@codemirror/lang-markdown";
import { EditorState } from "@codemirror/state";
import { EditorView } from "@codemirror/view";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { spelling, spellingChanged, type Misspelt } from "./spelling";

/** A core that knows one mistake. */
function core(text: string): Misspelt[] {
  return [...text.matchAll(/\bteh\b/g)].map((match) => ({ from: match.index, to: match.index + 3 }));
}

let asked: string[] = [];
let known: string[] = [];
const skipped = new Set<string>();
let view: EditorView;

function open(doc: string): void {
  view = new EditorView({
    parent: document.body,
    state: EditorState.create({
      doc,
      extensions: [
        markdown({ base: markdownLanguage }),
        spelling({
          key: () => known.join(),
          check: async (text) => {
            asked.push(text);
            return core(text).filter((each) => !known.includes(text.slice(each.from, each.to)));
          },
          suggest: async () => ["the"],
          add: (word) => void known.push(word),
          ignore: (word) => void skipped.add(word),
          ignored: (word) => skipped.has(word),
          words: () => ({ suggestions: "Spelling", none: "None", add: "Add", ignore: "Ignore", asking: "…" }),
        }),
      ],
    }),
  });
}
const underlined = (): (string | null)[] => [...view.contentDOM.querySelectorAll(".md-misspelt")].map((each) => each.textContent);
const settle = async (): Promise<void> => {
  await vi.advanceTimersByTimeAsync(500);
};

beforeEach(() => {
  vi.useFakeTimers();
  asked = [];
  known = [Math.random().toString()];
  skipped.clear();
});
afterEach(() => {
  view.destroy();
  vi.useRealTimers();
});

describe("spelling", () => {
  it("underlines what the core finds, outside of code", async () => {
    open("teh pool\n\n```\nteh code\n```\n\nand teh end");
    await settle();
    expect(underlined()).toEqual(["teh", "teh"]);
    expect(asked.join()).not.toContain("code");
    expect(view.contentDOM.querySelector(".md-misspelt")?.getAttribute("aria-invalid")).toBe("spelling");
  });

  it("asks for changed lines alone, some time after typing", async () => {
    open("one line\ntwo teh line");
    await settle();
    asked = [];
    view.dispatch({ changes: { from: 0, insert: "a" } });
    view.dispatch({ changes: { from: 1, insert: "b " } });
    expect(asked).toEqual([]);
    expect(underlined()).toEqual(["teh"]);
    await settle();
    expect(asked).toEqual(["ab one line"]);
  });

  it("knows a word once it was added, and passes over what is ignored", async () => {
    open("teh pool");
    await settle();
    known.push("teh");
    view.dispatch({ effects: spellingChanged.of(null) });
    await settle();
    expect(underlined()).toEqual([]);
    known.pop();
    view.dispatch({ effects: spellingChanged.of(null) });
    await settle();
    expect(underlined()).toEqual(["teh"]);
    skipped.add("teh");
    view.dispatch({ effects: spellingChanged.of(null) });
    expect(underlined()).toEqual([]);
  });
});
