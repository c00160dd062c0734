/**
 * What the core remarks on a text of the DSL or on a workspace's JSON, in the language of the window. As with refusals, a
 * remark is known again by its words, which stand in `i18n/en/remarks`; one that is not known stays English, and says so.
 */
import type { Remark } from "../bindings/contract";
import { en } from "../i18n/en/index";
import { language, text } from "../i18n/text.svelte";
import { filled } from "./problems";
import { patternOf } from "./sentences";

type Sentence = keyof typeof en.remarks;

let patterns: [id: Sentence, pattern: RegExp][] | null = null;

/** Which sentence it is, and what it names; undefined for one that is not known. */
export function sentenceOf(said: string): { id: Sentence; values: Record<string, string> } | undefined {
  patterns ??= (Object.keys(en.remarks) as Sentence[]).map((id) => [id, patternOf(en.remarks[id])]);
  for (const [id, pattern] of patterns) {
    const found = pattern.exec(said);
    if (found) return { id, values: { ...found.groups } };
  }
  return undefined;
}

/** A sentence in the window's language; undefined for one that is not known. A sentence within it is said as well. */
function inWindow(said: string): string | undefined {
  const known = sentenceOf(said);
  if (!known) return undefined;
  const { said: within, ...values } = known.values;
  return filled(text.remarks[known.id], within === undefined ? values : { ...values, said: inWindow(within) ?? within });
}

/** What is found and what can be done about it; `known` is false where it stays as the core says it. */
export interface Words {
  message: string;
  remedy: string;
  known: boolean;
}

/** A remark as the window says it. A warning has its remedy behind a dash. */
export function remarkWords({ message, remedy }: Pick<Remark, "message" | "remedy">): Words {
  const dash = remedy === "" ? message.lastIndexOf(" – ") : -1;
  const parts = dash < 0 ? { message, remedy } : { message: message.slice(0, dash), remedy: message.slice(dash + 3) };
  if (language() === "en") return { ...parts, known: true };
  const said = inWindow(parts.message);
  if (said === undefined) return { ...parts, known: false };
  return { message: said, remedy: parts.remedy === "" ? "" : (inWindow(parts.remedy) ?? parts.remedy), known: true };
}
