import type { Finding, HistoryEntry, Severity } from "../../bindings/contract";

export const SEVERITIES: readonly Severity[] = ["critical", "high", "medium", "low", "info"];

/** Number of open gaps by severity; strengths and what is fixed or accepted do not count. */
export function openBySeverity(findings: readonly Pick<Finding, "kind" | "life" | "severity">[]): Record<Severity, number> {
  const counts: Record<Severity, number> = { critical: 0, high: 0, medium: 0, low: 0, info: 0 };
  for (const finding of findings) {
    if (finding.kind === "gap" && (finding.life === "open" || finding.life === "partly_fixed")) counts[finding.severity] += 1;
  }
  return counts;
}

/** A step of the history as a line: its first object and how many more it touched. */
export interface Activity {
  step: string;
  at: string;
  author: string;
  first: HistoryEntry;
  more: number;
}

/** The newest steps, one line each. */
export function activities(history: readonly HistoryEntry[], limit: number): Activity[] {
  const steps = new Map<string, Activity>();
  for (const entry of history) {
    const known = steps.get(entry.step);
    if (known) known.more += 1;
    else if (steps.size < limit) steps.set(entry.step, { step: entry.step, at: entry.at, author: entry.author, first: entry, more: 0 });
  }
  return [...steps.values()];
}
