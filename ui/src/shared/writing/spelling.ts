/**
 * Misspelt words underlined. Lines in sight are checked some time after typing, each text of a line once; the core
 * is asked for those lines alone that it has not answered yet.
 */
import { syntaxTree } from "@codemirror/language";
import { StateEffect, type EditorState, type Extension, type Range } from "@codemirror/state";
import { Decoration, EditorView, ViewPlugin, keymap, type DecorationSet, type ViewUpdate } from "@codemirror/view";
import { spellMenu, showSpellMenu, type SpellMenuOptions } from "./spellMenu";

export interface Misspelt {
  from: number;
  to: number;
}
export interface SpellingOptions extends SpellMenuOptions {
  /** Changes with the language and the known words: what was answered before then counts no more. */
  key: () => string;
  check: (text: string) => Promise<Misspelt[]>;
}

/** Says that the language or the known words changed, or a word is to be ignored. */
export const spellingChanged = StateEffect.define<null>();

const DELAY_MS = 350;
/** Lines are asked for in texts of about this length, so that no answer waits long. */
const BATCH = 4_000;
const mark = Decoration.mark({ class: "md-misspelt", attributes: { "aria-invalid": "spelling" } });

/** What the core said of a line's text; shared by all editors, since fields are opened again and again. */
class Answers {
  #key = "";
  #lines = new Map<string, Misspelt[]>();

  use(key: string): void {
    if (key === this.#key) return;
    this.#key = key;
    this.#lines.clear();
  }
  get(line: string): Misspelt[] | undefined {
    return this.#lines.get(line);
  }
  put(key: string, line: string, found: Misspelt[]): void {
    if (key !== this.#key) return;
    if (this.#lines.size > 5_000) this.#lines.clear();
    this.#lines.set(line, found);
  }
}
const answers = new Answers();

/** Lines of text that are no code, in the visible part. */
function visibleLines(view: EditorView): { from: number; text: string }[] {
  const { doc } = view.state;
  const tree = syntaxTree(view.state);
  const lines: { from: number; text: string }[] = [];
  let done = -1;
  for (const { from, to } of view.visibleRanges) {
    for (let line = doc.lineAt(from); ; line = doc.lineAt(line.to + 1)) {
      if (line.from > done && /\p{L}/u.test(line.text)) {
        let code = false;
        for (let node: ReturnType<typeof tree.resolveInner> | null = tree.resolveInner(line.from, 1); node; node = node.parent) code ||= node.name === "FencedCode" || node.name === "CodeBlock";
        if (!code) lines.push({ from: line.from, text: line.text });
      }
      done = line.from;
      if (line.to >= to || line.to >= doc.length) break;
    }
  }
  return lines;
}

/** Asks for the lines that have no answer yet. */
async function ask(lines: readonly string[], options: SpellingOptions): Promise<void> {
  const key = options.key();
  for (let at = 0; at < lines.length; ) {
    const batch: string[] = [];
    for (let length = 0; at < lines.length && (batch.length === 0 || length < BATCH); at += 1) {
      batch.push(lines[at] as string);
      length += (lines[at] as string).length + 1;
    }
    const found = await options.check(batch.join("\n"));
    let start = 0;
    for (const line of batch) {
      const end = start + line.length;
      answers.put(key, line, found.filter((each) => each.from >= start && each.to <= end).map((each) => ({ from: each.from - start, to: each.to - start })));
      start = end + 1;
    }
  }
}

class Spelling {
  set: DecorationSet = Decoration.none;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #gone = false;

  constructor(
    private readonly view: EditorView,
    private readonly options: SpellingOptions,
  ) {
    this.#later();
  }

  update(update: ViewUpdate): void {
    if (update.docChanged) this.set = this.set.map(update.changes);
    const changed = update.transactions.some((transaction) => transaction.effects.some((effect) => effect.is(spellingChanged)));
    if (changed) this.#draw();
    if (changed || update.docChanged || update.viewportChanged || update.selectionSet || syntaxTree(update.startState) !== syntaxTree(update.state)) this.#later();
  }

  #later(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#check(), DELAY_MS);
  }

  async #check(): Promise<void> {
    answers.use(this.options.key());
    const unknown = [...new Set(visibleLines(this.view).map((line) => line.text))].filter((text) => !answers.get(text));
    if (unknown.length > 0) {
      try {
        await ask(unknown, this.options);
      } catch {
        // Without an answer nothing is underlined; the next change asks again.
        return;
      }
    }
    if (this.#gone) return;
    const before = this.set;
    this.#draw();
    if (before !== this.set) this.view.dispatch({});
  }

  #draw(): void {
    answers.use(this.options.key());
    const { main } = this.view.state.selection;
    const ranges: Range<Decoration>[] = [];
    for (const line of visibleLines(this.view)) {
      for (const each of answers.get(line.text) ?? []) {
        const [from, to] = [line.from + each.from, line.from + each.to];
        // The word being typed is not finished yet.
        const typing = this.view.hasFocus && main.empty && main.head === to;
        if (!typing && !this.options.ignored(line.text.slice(each.from, each.to))) ranges.push(mark.range(from, to));
      }
    }
    const next = Decoration.set(ranges, true);
    if (!sameRanges(this.set, next)) this.set = next;
  }

  destroy(): void {
    this.#gone = true;
    clearTimeout(this.#timer);
  }
}

function sameRanges(a: DecorationSet, b: DecorationSet): boolean {
  if (a.size !== b.size) return false;
  const [one, two] = [a.iter(), b.iter()];
  for (; one.value && two.value; one.next(), two.next()) if (one.from !== two.from || one.to !== two.to) return false;
  return true;
}

/** The underlined word at a place; with `next`, else the first one after it, from the beginning again at the end. */
function wordAt(set: DecorationSet, state: EditorState, at: number, next: boolean): Misspelt | null {
  let here: Misspelt | null = null;
  let after: Misspelt | null = null;
  let first: Misspelt | null = null;
  set.between(0, state.doc.length, (from, to) => {
    if (from <= at && at <= to) here ??= { from, to };
    if (from > at) after ??= { from, to };
    first ??= { from, to };
  });
  return here ?? (next ? (after ?? first) : null);
}

export function spelling(options: SpellingOptions): Extension {
  const plugin = ViewPlugin.define((view) => new Spelling(view, options), { decorations: (value) => value.set });
  const open = (view: EditorView, at: number, next: boolean): boolean => {
    const word = wordAt(view.plugin(plugin)?.set ?? Decoration.none, view.state, at, next);
    if (!word) return false;
    view.dispatch({ selection: { anchor: word.to }, scrollIntoView: true });
    showSpellMenu(view, word);
    return true;
  };
  return [
    plugin,
    spellMenu(options),
    keymap.of([{ key: "Mod-.", run: (view) => open(view, view.state.selection.main.head, true) }]),
    EditorView.domEventHandlers({
      contextmenu: (event, view) => {
        const at = view.posAtCoords({ x: event.clientX, y: event.clientY });
        if (at === null || event.shiftKey || !(event.target as HTMLElement).closest(".md-misspelt") || !open(view, at, false)) return false;
        event.preventDefault();
        return true;
      },
    }),
  ];
}
