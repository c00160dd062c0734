/** The CodeMirror parts of the Markdown editor that know nothing of Svelte or of the engagement. */
import { autocompletion, type Completion, type CompletionContext, type CompletionResult } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap, redoDepth, undoDepth } from "@codemirror/commands";
import { markdown, markdownLanguage } from "@codemirror/lang-markdown";
import { HighlightStyle, syntaxHighlighting, syntaxTree } from "@codemirror/language";
import { EditorState, type Extension, type Range } from "@codemirror/state";
import { Decoration, EditorView, ViewPlugin, keymap, placeholder as placeholderText, type DecorationSet, type KeyBinding, type ViewUpdate } from "@codemirror/view";
import { tags } from "@lezer/highlight";
import { toggleLink, toggleMark } from "./markdownEdits";
import { placeholders } from "./placeholders";

/** What `[[` or `@` offers: a finding, a risk, an initiative, an image. */
export interface Reference {
  /** What is looked for and shown, for example `F-012 Pool runs dry`. */
  label: string;
  /** What is written, for example `F-012` or `![Plan](image:plan)`. */
  insert: string;
  /** Its kind in the language of the window. */
  detail: string;
}

const highlight = HighlightStyle.define([
  { tag: tags.heading1, class: "md-h1" },
  { tag: tags.heading2, class: "md-h2" },
  { tag: [tags.heading3, tags.heading4, tags.heading5, tags.heading6], class: "md-h3" },
  { tag: tags.strong, class: "md-strong" },
  { tag: tags.emphasis, class: "md-em" },
  { tag: tags.strikethrough, class: "md-strike" },
  { tag: tags.monospace, class: "md-code" },
  { tag: tags.link, class: "md-link" },
  { tag: tags.url, class: "md-url" },
  { tag: tags.quote, class: "md-quote" },
  { tag: tags.processingInstruction, class: "md-mark" },
  { tag: tags.contentSeparator, class: "md-mark" },
]);

const LINES: Record<string, string> = {
  FencedCode: "md-line-code",
  CodeBlock: "md-line-code",
  Blockquote: "md-line-quote",
  Table: "md-line-table",
};
const bullet = Decoration.mark({ class: "md-bullet" });
const reference = Decoration.mark({ class: "md-ref" });

/** Lines of blocks, bullets and references in the visible part. */
function decorate(view: EditorView): DecorationSet {
  const ranges: Range<Decoration>[] = [];
  for (const { from, to } of view.visibleRanges) {
    const seen = new Set<string>();
    syntaxTree(view.state).iterate({
      from,
      to,
      enter(node) {
        const line = LINES[node.name];
        if (line) {
          const last = Math.min(node.to, to);
          for (let at = view.state.doc.lineAt(Math.max(node.from, from)); ; at = view.state.doc.lineAt(at.to + 1)) {
            if (!seen.has(`${at.from}${line}`)) ranges.push(Decoration.line({ class: line }).range(at.from));
            seen.add(`${at.from}${line}`);
            if (at.to >= last || at.to + 1 > view.state.doc.length) break;
          }
        }
        if (node.name === "ListMark") ranges.push(bullet.range(node.from, node.to));
      },
    });
    const text = view.state.sliceDoc(from, to);
    for (const match of text.matchAll(/\b[FRI]-\d{3,}\b/g)) ranges.push(reference.range(from + match.index, from + match.index + match[0].length));
  }
  return Decoration.set(ranges, true);
}

const decorations = ViewPlugin.fromClass(
  class {
    set: DecorationSet;
    constructor(view: EditorView) {
      this.set = decorate(view);
    }
    update(update: ViewUpdate): void {
      if (update.docChanged || update.viewportChanged || syntaxTree(update.startState) !== syntaxTree(update.state)) this.set = decorate(update.view);
    }
  },
  { decorations: (plugin) => plugin.set },
);

function complete(references: () => Reference[]): (context: CompletionContext) => CompletionResult | null {
  return (context) => {
    const before = context.matchBefore(/(\[\[|(?<![\w.])@)[^\]\n[@]*$/);
    if (!before) return null;
    const start = before.text.startsWith("[[") ? 2 : 1;
    const options: Completion[] = references().map((each) => ({
      label: each.label,
      detail: each.detail,
      apply: (view, _completion, _from, to) => {
        const end = start === 2 && view.state.sliceDoc(to, to + 2) === "]]" ? to + 2 : to;
        view.dispatch({ changes: { from: before.from, to: end, insert: each.insert }, selection: { anchor: before.from + each.insert.length } });
      },
    }));
    return { from: before.from + start, options, validFor: /^[^\]\n[@]*$/ };
  };
}

/** Everything that the editor is made of. `undo`/`redo` are called when the editor's own history is at its end. */
export function markdownExtensions(options: {
  references: () => Reference[];
  onchange: (text: string) => void;
  oncaret: (offset: number) => void;
  onblur: () => void;
  undo: () => void;
  redo: () => void;
  attributes: Record<string, string>;
  placeholder: string;
}): Extension {
  const keys: KeyBinding[] = [
    { key: "Mod-b", run: (view) => toggleMark(view, "**") },
    { key: "Mod-i", run: (view) => toggleMark(view, "*") },
    { key: "Mod-k", run: toggleLink, preventDefault: true, stopPropagation: true },
    { key: "Mod-e", run: (view) => toggleMark(view, "`") },
    {
      key: "Mod-z",
      run: (view) => {
        if (undoDepth(view.state) > 0) return false;
        options.undo();
        return true;
      },
    },
    ...["Mod-Shift-z", "Mod-y"].map((key) => ({
      key,
      run: (view: EditorView) => {
        if (redoDepth(view.state) > 0) return false;
        options.redo();
        return true;
      },
    })),
  ];
  return [
    history(),
    markdown({ base: markdownLanguage, completeHTMLTags: false }),
    syntaxHighlighting(highlight),
    decorations,
    placeholders,
    autocompletion({ override: [complete(options.references)], icons: false }),
    keymap.of([...keys, ...historyKeymap, ...defaultKeymap.filter((binding) => binding.key !== "Mod-k" && binding.key !== "Mod-i" && binding.key !== "Alt-ArrowLeft" && binding.key !== "Alt-ArrowRight")]),
    EditorView.lineWrapping,
    EditorState.tabSize.of(4),
    EditorView.contentAttributes.of({ tabindex: "0", ...options.attributes }),
    placeholderText(options.placeholder),
    EditorView.domEventHandlers({ blur: () => options.onblur() }),
    EditorView.updateListener.of((update) => {
      if (update.docChanged && !update.transactions.some((transaction) => transaction.isUserEvent("remote"))) options.onchange(update.state.doc.toString());
      if ((update.selectionSet || update.docChanged) && update.view.hasFocus) options.oncaret(update.state.selection.main.head);
    }),
  ];
}
