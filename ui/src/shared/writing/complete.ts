/** What `[[` or `@` offers. */
import { autocompletion, type Completion, type CompletionContext, type CompletionResult } from "@codemirror/autocomplete";
import type { Extension } from "@codemirror/state";

/** A finding, a risk, an initiative, an artifact, an image. */
export interface Reference {
  /** What is looked for and shown, for example `F-012 Pool runs dry`. */
  label: string;
  /** What is written, for example `F-012` or `![Plan](image:plan)`. */
  insert: string;
  /** Its kind in the language of the window. */
  detail: string;
}

/** Completion over what `references` gives when it is asked for. */
export function completion(references: () => Reference[]): (context: CompletionContext) => CompletionResult | null {
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

export function complete(references: () => Reference[]): Extension {
  return autocompletion({ override: [completion(references)], icons: false });
}
