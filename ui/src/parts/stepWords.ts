/** What a step did, in the language of the window; the core's own words are English. */
import type { HistoryStep, Kind } from "../bindings/contract";
import { number, term, text } from "../i18n/text.svelte";

/** An operation (`update:findings`, `import`) in words. */
export function opWords(op: string): string {
  const [verb = "", kind] = op.split(":");
  const words = text.history.ops as Record<string, string>;
  const acts = text.history.acts as Record<string, (kind: string) => string>;
  return kind !== undefined && acts[verb] ? acts[verb](term("kind", kind as Kind)) : (words[verb] ?? op);
}

/** A step in words: the operation, what it was about, how much more it changed. */
export function stepWords(step: Pick<HistoryStep, "op" | "subject" | "objects">): string {
  const more = step.objects > 1 ? text.history.andMore(number(step.objects - 1)) : "";
  return [opWords(step.op), step.subject, more].filter(Boolean).join(" ");
}
