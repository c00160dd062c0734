/** Checks of the engagement's packs with their answers: what is proposed, what is confirmed, what is still to do. */
import type { Answer, Candidate, Check, Pack, Verdict } from "../../bindings/contract";
import { fold } from "../../shared/fuzzy";

/** A check as it is defined, and what was answered. */
export interface CheckItem {
  /** `pack/check`; the row's identity whether it is answered or not. */
  key: string;
  pack: string;
  /** Section or area. */
  section: string;
  sectionTitle: string;
  check: Check;
  id: string;
  title: string;
  /** How choices that answers keep are read in the language of the window. */
  words: Readonly<Record<string, string>>;
  answer: Answer | undefined;
}

/** A section or area with its checks. */
export interface CheckGroup {
  id: string;
  title: string;
  items: CheckItem[];
}

/** Verdicts that a person can give, in the order of their buttons. */
export const VERDICTS = ["pass", "fail", "improve", "not_applicable"] as const satisfies readonly Verdict[];

/** All checks of the packs, in their order. */
export function checkItems(packs: readonly Pack[], answers: readonly Answer[]): CheckItem[] {
  const byKey = new Map(answers.map((answer) => [`${answer.pack}/${answer.check}`, answer]));
  return packs.flatMap((pack) => {
    const groups = [...(pack.sections ?? []), ...(pack.areas ?? [])];
    return groups.flatMap((group) =>
      (group.checks ?? []).map((check): CheckItem => {
        const key = `${pack.id ?? ""}/${check.id ?? ""}`;
        return {
          key,
          pack: pack.id ?? "",
          section: group.id ?? "",
          sectionTitle: group.title ?? "",
          check,
          id: check.id ?? "",
          title: check.title ?? "",
          words: pack.words ?? {},
          answer: byKey.get(key),
        };
      }),
    );
  });
}

/** The checks by section, sections without checks left out. */
export function grouped(items: readonly CheckItem[]): CheckGroup[] {
  const groups: CheckGroup[] = [];
  for (const item of items) {
    const last = groups.at(-1);
    const id = `${item.pack}/${item.section}`;
    if (last?.id === id) last.items.push(item);
    else groups.push({ id, title: item.sectionTitle, items: [item] });
  }
  return groups;
}

/** The confirmed verdict. */
export function verdictOf(item: CheckItem): Verdict {
  return item.answer?.verdict ?? "not_assessed";
}

/** What the measurements propose, when they decide. */
export function proposedOf(item: CheckItem): Verdict | null {
  const verdict = item.answer?.proposal?.verdict;
  return verdict === undefined || verdict === "not_assessed" ? null : verdict;
}

/** Why only a person can answer the check, in a language where the pack has it in it; empty where tools can. */
export function personOf({ check }: CheckItem, language: string): string {
  return check.person_in?.[language] || check.person || "";
}

/** Whether the confirmed verdict is another than the proposed one. */
export function differs(item: CheckItem): boolean {
  const proposed = proposedOf(item);
  const verdict = verdictOf(item);
  return proposed !== null && verdict !== "not_assessed" && verdict !== proposed;
}

/** Whether a proposal waits for a verdict. */
export function awaits(item: CheckItem): boolean {
  return proposedOf(item) !== null && verdictOf(item) === "not_assessed";
}

export const FILTERS = ["all", "open", "failed", "differs", "awaits", "unassessed"] as const;
export type Filter = (typeof FILTERS)[number];

/** Whether a check belongs to a filter. */
export function inFilter(item: CheckItem, filter: Filter): boolean {
  switch (filter) {
    case "all":
      return true;
    case "open":
      return (item.answer?.status ?? "open") !== "done";
    case "failed":
      return verdictOf(item) === "fail" || verdictOf(item) === "improve";
    case "differs":
      return differs(item);
    case "awaits":
      return awaits(item);
    case "unassessed":
      return verdictOf(item) === "not_assessed";
  }
}

/** Whether every word stands in the check or in what was answered. */
export function hasWords(item: CheckItem, words: string): boolean {
  const wanted = fold(words).split(/\s+/).filter(Boolean);
  if (wanted.length === 0) return true;
  const { check, answer } = item;
  const text = fold(
    [item.id, item.title, item.sectionTitle, check.statement, check.threshold?.text, check.person, ...Object.values(check.person_in ?? {}), answer?.note, answer?.reason, answer?.override_reason, answer?.proposal?.reason].filter(Boolean).join("\n"),
  );
  return wanted.every((word) => text.includes(word));
}

/** How far a section is. */
export interface Progress {
  pass: number;
  fail: number;
  improve: number;
  notApplicable: number;
  assessed: number;
  total: number;
}

export function progressOf(items: readonly CheckItem[]): Progress {
  const count = (verdict: Verdict): number => items.filter((item) => verdictOf(item) === verdict).length;
  const total = items.length;
  return {
    pass: count("pass"),
    fail: count("fail"),
    improve: count("improve"),
    notApplicable: count("not_applicable"),
    assessed: total - count("not_assessed"),
    total,
  };
}

/** The reason that a verdict asks for. */
export type Needed = "reason" | "override" | null;

/** Which reason a verdict needs: why a check does not apply, why it is another than the proposed one. */
export function neededFor(item: CheckItem, verdict: Verdict): { reason: boolean; override: boolean } {
  const proposed = proposedOf(item);
  return {
    reason: verdict === "not_applicable",
    override: proposed !== null && proposed !== verdict && verdict !== "not_assessed",
  };
}

/** Where the cursor goes from a check, among those shown. */
export function stepped(keys: readonly string[], current: string | undefined, by: number): string | undefined {
  if (keys.length === 0) return undefined;
  const at = current === undefined ? -1 : keys.indexOf(current);
  if (at < 0) return by > 0 ? keys[0] : keys.at(-1);
  return keys[Math.min(keys.length - 1, Math.max(0, at + by))];
}

/** The candidate finding of a failed check. */
export function candidateOf(item: CheckItem, candidates: readonly Candidate[]): Candidate | undefined {
  return candidates.find((candidate) => candidate.key === `check:${item.pack}:${item.id}`);
}

/** The choices with one taken or given back. Of those offered only one holds, unless several may; what was written beside them stays. */
export function toggled(taken: readonly string[], choice: string, offered: readonly string[], several: boolean): string[] {
  if (taken.includes(choice)) return taken.filter((each) => each !== choice);
  const kept = several ? taken : othersOf(taken, offered);
  const all = [...kept, choice];
  return [...offered.filter((each) => all.includes(each)), ...othersOf(all, offered)];
}

/** What was written beside the choices that are offered. */
export const othersOf = (taken: readonly string[], offered: readonly string[]): string[] => taken.filter((each) => !offered.includes(each));
