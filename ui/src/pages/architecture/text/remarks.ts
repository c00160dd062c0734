/** Remarks of the core on a text, at their lines. */
import type { Diagnostic } from "@codemirror/lint";
import type { Text } from "@codemirror/state";
import type { Remark } from "../../../bindings/contract";
import { remarkWords } from "../../../parts/remarks";

export type Weight = "error" | "warning" | "info";

/** How heavy a remark is. */
export const weightOf = ({ level }: Remark): Weight => (level === "error" ? "error" : level === "warning" ? "warning" : "info");

/** The remarks by line, those without one last. */
export function inOrder(remarks: readonly Remark[]): Remark[] {
  return [...remarks].sort((a, b) => (a.line || Infinity) - (b.line || Infinity));
}

/** What is written of a line: from its first letter to its last. An empty line is marked as a whole. */
export function spanOf(doc: Text, line: number): { from: number; to: number } {
  const found = doc.line(Math.min(Math.max(1, line), doc.lines));
  const start = found.text.length - found.text.trimStart().length;
  const end = found.text.trimEnd().length;
  return start < end ? { from: found.from + start, to: found.from + end } : { from: found.from, to: found.to };
}

/** The remarks as CodeMirror marks them, in the language of the window as far as it knows them; those without a line stand in the list alone. `remedy` stands before what can be done. */
export function marks(doc: Text, remarks: readonly Remark[], remedy: string): Diagnostic[] {
  const piece = (words: string, known: boolean): HTMLElement => Object.assign(document.createElement("span"), { ...(known ? {} : { lang: "en" }), textContent: words });
  return remarks
    .filter((remark) => remark.line > 0)
    .map((remark) => ({
      ...spanOf(doc, remark.line),
      severity: weightOf(remark),
      message: remarkWords(remark).message,
      renderMessage: () => {
        const said = document.createElement("span");
        const words = remarkWords(remark);
        said.append(piece(words.message, words.known), ...(words.remedy ? [` – ${remedy} `, piece(words.remedy, words.known)] : []));
        return said;
      },
    }));
}
