/** The CodeMirror parts of the DSL editor put together; they know nothing of Svelte or of the engagement. */
import { autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap } from "@codemirror/autocomplete";
import { history, historyKeymap, indentWithTab } from "@codemirror/commands";
import { bracketMatching, foldKeymap, indentOnInput, indentUnit } from "@codemirror/language";
import { lintGutter, lintKeymap } from "@codemirror/lint";
import { highlightSelectionMatches, search, searchKeymap } from "@codemirror/search";
import { EditorState, type Extension } from "@codemirror/state";
import { EditorView, drawSelection, highlightActiveLine, highlightActiveLineGutter, highlightSpecialChars, keymap, lineNumbers, tooltips } from "@codemirror/view";
import { historyKeys, telling, usualKeys, type Told } from "../../../shared/editorKeys";
import { dslCompletion, type Blanks } from "./complete";
import { dslLanguage } from "./language";

export interface EditorOptions extends Told {
  identifiers: () => readonly string[];
  blanks: () => Blanks;
  readOnly: boolean;
  attributes: Record<string, string>;
  /** CodeMirror's own words, in the language of the window. */
  phrases: Record<string, string>;
  folding: { folded: () => string; fold: () => string; unfold: () => string };
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
      ...historyKeys(options),
      ...closeBracketsKeymap,
      ...completionKeymap,
      ...searchKeymap,
      ...foldKeymap,
      ...lintKeymap,
      ...historyKeymap,
      // Escape, then Tab, leaves the text.
      indentWithTab,
      ...usualKeys(),
    ]),
    EditorState.phrases.of(options.phrases),
    EditorState.readOnly.of(options.readOnly),
    EditorView.contentAttributes.of({ tabindex: "0", ...options.attributes }),
    telling(options),
  ];
}
