import type { Problem } from "../bindings/contract";
import { routeTo, type PageId } from "../state/route";

/** How many things are missing on each page, from what `check` says. */
export function missingByPage(problems: readonly Pick<Problem, "kind" | "id" | "field" | "rule">[]): Map<PageId, number> {
  const counts = new Map<PageId, number>();
  for (const problem of problems) {
    // Coverage and sections are told of the engagement as a whole, but mended on their own pages.
    const page: PageId = problem.rule.startsWith("answer.")
      ? "checklist"
      : problem.rule.startsWith("section.")
        ? "report"
        : problem.rule.startsWith("plan.") && problem.kind === "engagement"
          ? "roadmap"
          : routeTo(problem.kind, problem.id, problem.field).page;
    counts.set(page, (counts.get(page) ?? 0) + 1);
  }
  return counts;
}

/** The pane after (or before) the one that has the focus, among those that are there. */
export function nextPane(present: readonly string[], current: string | undefined, back: boolean): string | undefined {
  if (present.length === 0) return undefined;
  const at = current === undefined ? -1 : present.indexOf(current);
  if (at < 0) return back ? present.at(-1) : present[0];
  return present[(at + (back ? -1 : 1) + present.length) % present.length];
}
