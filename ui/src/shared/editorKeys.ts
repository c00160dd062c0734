/** What every text editor of the window does alike: undo goes on in the engagement, what is typed is told. */
import { defaultKeymap, redoDepth, undoDepth } from "@codemirror/commands";
import type { Extension } from "@codemirror/state";
import { EditorView, type KeyBinding } from "@codemirror/view";

/** Who is told of what happens in an editor. */
export interface Told {
  onchange: (text: string) => void;
  onblur: () => void;
  /** Called when the editor's own history is at its end. */
  undo: () => void;
  redo: () => void;
}

/** Undo and redo: the editor's own first, then the engagement's. */
export function historyKeys({ undo, redo }: Pick<Told, "undo" | "redo">): KeyBinding[] {
  const key = (name: string, depth: typeof undoDepth, beyond: () => void): KeyBinding => ({
    key: name,
    run: (view) => {
      if (depth(view.state) > 0) return false;
      beyond();
      return true;
    },
  });
  return [key("Mod-z", undoDepth, undo), key("Mod-Shift-z", redoDepth, redo), key("Mod-y", redoDepth, redo)];
}

/** CodeMirror's usual keys without those that belong to the window, and without `others`. */
export function usualKeys(...others: string[]): KeyBinding[] {
  const taken = new Set(["Mod-i", "Alt-ArrowLeft", "Alt-ArrowRight", ...others]);
  return defaultKeymap.filter((binding) => !taken.has(binding.key ?? ""));
}

/** Tells of what a person changes, and of leaving; what comes from outside is marked `remote`. */
export function telling({ onchange, onblur }: Pick<Told, "onchange" | "onblur">): Extension {
  return [
    EditorView.domEventHandlers({ blur: () => onblur() }),
    EditorView.updateListener.of((update) => {
      if (update.docChanged && !update.transactions.some((transaction) => transaction.isUserEvent("remote"))) onchange(update.state.doc.toString());
    }),
  ];
}
