import type { Calculator, Pack } from "../../bindings/contract";
import { hasWords, inFilter, type CheckItem, type Filter } from "../../parts/checks/checks";

/** What a calculator is asked with: what was typed over the start values; null while a field is empty. */
export function inputsOf(calculator: Calculator, typed: Readonly<Record<string, number | null>>): Record<string, number> | null {
  const inputs: Record<string, number> = {};
  for (const input of calculator.inputs ?? []) {
    const id = input.id ?? "";
    const value = typed[id] === undefined ? (input.default ?? 0) : typed[id];
    if (value === null) return null;
    inputs[id] = value;
  }
  return inputs;
}

/** How many checks a pack has. */
export function checkCount(pack: Pack): number {
  return [...(pack.sections ?? []), ...(pack.areas ?? [])].reduce((sum, group) => sum + (group.checks?.length ?? 0), 0);
}

/** The pack that is shown first: one with sections, else the first with checks. */
export function firstPack(packs: readonly Pack[]): Pack | undefined {
  return packs.find((pack) => (pack.sections ?? []).length > 0) ?? packs.find((pack) => checkCount(pack) > 0);
}

export interface Narrowing {
  pack: string;
  filter: Filter;
  section: string;
  words: string;
}

/** The checks that are shown. */
export function narrowed(items: readonly CheckItem[], by: Narrowing): CheckItem[] {
  return items.filter((item) => item.pack === by.pack && (by.section === "" || item.section === by.section) && inFilter(item, by.filter) && hasWords(item, by.words));
}

/** The check that a route's id means: an answer's id, or `pack/check`. */
export function itemOf(items: readonly CheckItem[], id: string | undefined): CheckItem | undefined {
  return id === undefined ? undefined : items.find((item) => item.answer?.id === id || item.key === id);
}
