/** The CodeMirror parts of the DSL editor put together; they know nothing of Svelte or of the engagement. */
import { autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap, indentWithTab, redoDepth, undoDepth } from "@codemirror/commands";
import { bracketMatching, foldKeymap, indentOnInput, indentUnit } from "@codemirror/language";
import { lintGutter, lintKeymap } from "@codemirror/lint";
import { highlightSelectionMatches, search, searchKeymap } from "@codemirror/search";
import { EditorState, type Extension } from "@codemirror/state";
import { EditorView, drawSelection, highlightActiveLine, highlightActiveLineGutter, highlightSpecialChars, keymap, lineNumbers, tooltips, type KeyBinding } from "@codemirror/view";
import { dslCompletion, type Blanks } from "./complete";
import { dslLanguage } from "./language";

export interface EditorOptions {
  identifiers: () => readonly string[];
  blanks: () => Blanks;
  onchange: (text: string) => void;
  onblur: () => void;
  /** Called when the editor's own history is at its end. */
  undo: () => void;
  redo: () => void;
  readOnly: boolean;
  attributes: Record<string, string>;
  /** CodeMirror's own words, in the language of the window. */
  phrases: Record<string, string>;
  folding: { folded: () => string; fold: () => string; unfold: () => string };
}

/** Keys of CodeMirror that belong to the window. */
const OTHERS = new Set(["Mod-i", "Alt-ArrowLeft", "Alt-ArrowRight"]);

function keys(options: EditorOptions): KeyBinding[] {
  return [
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
}

/** Everything that the editor is made of. */
export function dslExtensions(options: EditorOptions): Extension {
  return [
    lineNumbers(),
    highlightActiveLineGutter(),
    highlightActiveLine(),
    highlightSpecialChars(),
    lintGutter(),
    dslLanguage(options.folding),
    history(),
    drawSelection(),
    indentUnit.of("    "),
    EditorState.tabSize.of(4),
    indentOnInput(),
    bracketMatching(),
    closeBrackets(),
    highlightSelectionMatches(),
    autocompletion({ override: [dslCompletion(options.identifiers, options.blanks)], icons: false }),
    search({ top: true }),
    tooltips({ position: "fixed" }),
    keymap.of([
      ...keys(options),
      ...closeBracketsKeymap,
      ...completionKeymap,
      ...searchKeymap,
      ...foldKeymap,
      ...lintKeymap,
      ...historyKeymap,
      // Escape, then Tab, leaves the text.
      indentWithTab,
      ...defaultKeymap.filter((binding) => !OTHERS.has(binding.key ?? "")),
    ]),
    EditorState.phrases.of(options.phrases),
    EditorState.readOnly.of(options.readOnly),
    EditorView.contentAttributes.of({ tabindex: "0", ...options.attributes }),
    EditorView.domEventHandlers({ blur: () => options.onblur() }),
    EditorView.updateListener.of((update) => {
      if (update.docChanged && !update.transactions.some((transaction) => transaction.isUserEvent("remote"))) options.onchange(update.state.doc.toString());
    }),
  ];
}
