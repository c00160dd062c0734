/** What `[[` or `@` offers: what can be referred to; and `{{`: figures that follow the data. */
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

/** A figure that prose calls by name, with what is printed for it now. */
export interface Figure {
  name: string;
  text: string;
}

/** Completion of `{{`, over what `figures` gives when it is asked for. */
export function figureCompletion(figures: () => Promise<readonly Figure[]>): (context: CompletionContext) => Promise<CompletionResult | null> {
  return async (context) => {
    const before = context.matchBefore(/\{\{[^{}\n]*$/);
    if (!before) return null;
    const options: Completion[] = (await figures()).map((each) => ({
      label: each.name,
      detail: each.text,
      apply: (view, _completion, _from, to) => {
        const closed = view.state.sliceDoc(to, to + 2) === "}}" ? to + 2 : to;
        const insert = `{{${each.name}}}`;
        view.dispatch({ changes: { from: before.from, to: closed, insert }, selection: { anchor: before.from + insert.length } });
      },
    }));
    return { from: before.from + 2, options, validFor: /^[^{}\n]*$/ };
  };
}

export function complete(references: () => Reference[], figures: () => Promise<readonly Figure[]>): Extension {
  return autocompletion({ override: [completion(references), figureCompletion(figures)], icons: false });
}
