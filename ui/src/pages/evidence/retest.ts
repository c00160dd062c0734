/** What was measured again, in words. */
import type { Life, RetestRow, RetestValue } from "../../bindings/contract";
import { term, text } from "../../i18n/text.svelte";
import { measured } from "../../parts/checks/values";

/** What a retest proposes: a finding that is open stays so. */
export const outcomeWord = (outcome: Life): string => (outcome === "open" ? text.evidence.stillSo : term("life", outcome));

/** `was 843 ms, now 143 ms`. Of what was counted only the numbers: names before and after would hide them. */
export function bothValues({ was, now, unit, was_text, now_text }: RetestValue): string {
  const named = unit !== "count";
  return text.evidence.wasNow(measured({ value: was, unit, text: named ? was_text : "" }), measured({ value: now, unit, text: named ? now_text : "" }));
}

/** One value of a row; empty where there is none. */
export function rowValue(row: Pick<RetestRow, "was" | "now" | "unit" | "was_text" | "now_text">, which: "was" | "now"): string {
  const value = row[which];
  return value === null ? "" : measured({ value, unit: row.unit, text: which === "was" ? row.was_text : row.now_text });
}
