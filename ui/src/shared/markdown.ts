/** The CodeMirror parts of the Markdown editor put together; they know nothing of Svelte or of the engagement. */
import { history, historyKeymap } from "@codemirror/commands";
import { markdown, markdownLanguage } from "@codemirror/lang-markdown";
import { EditorState, type Extension } from "@codemirror/state";
import { EditorView, keymap, placeholder as placeholderText, tooltips, type KeyBinding } from "@codemirror/view";
import { historyKeys, telling, usualKeys, type Told } from "./editorKeys";
import { toggleLink, toggleMark, togglePrefix } from "./markdownEdits";
import { placeholders } from "./placeholders";
import { complete, type Figure, type Reference } from "./writing/complete";
import { decorations } from "./writing/decorations";
import { imagePrompt, type ImagePromptOptions } from "./writing/imagePrompt";
import { paste, type PasteOptions } from "./writing/paste";
import { spelling, type SpellingOptions } from "./writing/spelling";
import { alignTable, insertTable, tableKeys } from "./writing/tableEdits";
import { widgets, type WidgetOptions } from "./writing/widgets";

export type { Reference } from "./writing/complete";

/** Acts of the editor, for its keys and its toolbar. */
export type Act = "strong" | "em" | "code" | "link" | "heading" | "bullets" | "numbers" | "quote" | "table";

export const ACT_KEYS: Record<Act, string> = { strong: "Mod-b", em: "Mod-i", code: "Mod-e", link: "Mod-k", heading: "Mod-Alt-2", bullets: "Mod-Shift-8", numbers: "Mod-Shift-7", quote: "Mod-Shift-9", table: "Mod-Alt-t" };

/** Does an act on what is selected. */
export function act(view: EditorView, name: Act, column: (n: number) => string): boolean {
  switch (name) {
    case "strong":
      return toggleMark(view, "**");
    case "em":
      return toggleMark(view, "*");
    case "code":
      return toggleMark(view, "`");
    case "link":
      return toggleLink(view);
    case "heading":
      return togglePrefix(view, 2);
    case "bullets":
      return togglePrefix(view, "bullet");
    case "numbers":
      return togglePrefix(view, "number");
    case "quote":
      return togglePrefix(view, "quote");
    case "table":
      return alignTable(view) || insertTable(view, column);
  }
}

export interface MarkdownOptions extends Told {
  references: () => Reference[];
  /** Figures that prose calls by name. */
  figures: () => Promise<readonly Figure[]>;
  oncaret: (offset: number) => void;
  attributes: Record<string, string>;
  placeholder: string;
  /** Heading of a new table's column. */
  column: (n: number) => string;
  widgets: WidgetOptions;
  paste: PasteOptions;
  prompt: ImagePromptOptions;
  spelling: SpellingOptions;
  /** Takes the focus to the formatting buttons. */
  toolbar: () => void;
}

function keys(options: MarkdownOptions): KeyBinding[] {
  const acts = (Object.keys(ACT_KEYS) as Act[]).map((name) => ({ key: ACT_KEYS[name], run: (view: EditorView) => act(view, name, options.column), preventDefault: true, stopPropagation: true }));
  const digit = (view: EditorView, code: string): boolean => {
    const name = ({ Digit7: "numbers", Digit8: "bullets", Digit9: "quote" } as const)[code];
    return name ? act(view, name, options.column) : false;
  };
  // With Shift, a digit arrives as the sign above it.
  const digits: KeyBinding[] = [
    { any: (view, event) => (event.ctrlKey || event.metaKey) && event.shiftKey && !event.altKey && digit(view, event.code) },
  ];
  return [
    ...acts,
    ...digits,
    { key: "Alt-F10", run: () => (options.toolbar(), true) },
    { key: "Mod-Alt-1", run: (view) => togglePrefix(view, 1), preventDefault: true },
    { key: "Mod-Alt-3", run: (view) => togglePrefix(view, 3), preventDefault: true },
    ...historyKeys(options),
  ];
}

/** Everything that the editor is made of. */
export function markdownExtensions(options: MarkdownOptions): Extension {
  return [
    history(),
    markdown({ base: markdownLanguage, completeHTMLTags: false, pasteURLAsLink: true }),
    decorations,
    placeholders,
    widgets(options.widgets),
    complete(options.references, options.figures),
    paste(options.paste),
    imagePrompt(options.prompt),
    spelling(options.spelling),
    tooltips({ position: "fixed" }),
    keymap.of([...keys(options), ...tableKeys, ...historyKeymap, ...usualKeys("Mod-k")]),
    EditorView.lineWrapping,
    // Each line in the direction of its own letters.
    EditorView.perLineTextDirection.of(true),
    EditorState.tabSize.of(4),
    EditorView.contentAttributes.of({ tabindex: "0", ...options.attributes }),
    placeholderText(options.placeholder),
    telling(options),
    EditorView.updateListener.of((update) => {
      if ((update.selectionSet || update.docChanged) && update.view.hasFocus) options.oncaret(update.state.selection.main.head);
    }),
  ];
}
