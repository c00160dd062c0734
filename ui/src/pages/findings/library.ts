import type { LibraryOutcome, LibraryTaken, LibraryTexts } from "../../bindings/contract";

/** The texts of a finding that the library keeps, in the order in which they are read. */
export const LIBRARY_TEXTS = ["title", "summary", "condition", "criteria", "cause", "consequence", "workaround", "severity_reason", "short_term", "long_term", "acceptance_test"] as const satisfies readonly (keyof LibraryTexts)[];

/** `2.4` of `backend-health/2.4`; checks of other packs keep their pack's name. */
export const shortCheck = (key: string): string => key.replace(/^backend-health\//, "");

/** Tags as they are typed, each once. */
export const tagsOf = (typed: string): string[] => [...new Set(typed.split(",").map((tag) => tag.trim()).filter(Boolean))];

/** What may become of a finding of a file, in the order in which it is told. */
export const OUTCOMES = ["new", "newer", "same", "older", "refused"] as const satisfies readonly LibraryOutcome[];

/** How many findings of a file came to what, those that happened. */
export function outcomesOf({ findings }: LibraryTaken): [LibraryOutcome, number][] {
  return OUTCOMES.map((outcome): [LibraryOutcome, number] => [outcome, findings.filter((each) => each.outcome === outcome).length]).filter(([, count]) => count > 0);
}
