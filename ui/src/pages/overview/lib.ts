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

/** What was done, as a line: the first object that a step touched and how many more it touched. */
export interface Activity {
  step: string;
  at: string;
  first: HistoryEntry;
  more: number;
}

/** The newest steps, one line each; steps that edit the same object after each other are one line. */
export function activities(history: readonly HistoryEntry[], limit: number): Activity[] {
  const lines: Activity[] = [];
  for (const entry of history) {
    const last = lines.at(-1);
    if (last?.step === entry.step) {
      last.more += 1;
      continue;
    }
    const same = last && last.more === 0 && last.first.id === entry.id && last.first.change === "updated" && entry.change === "updated" && last.first.author === entry.author;
    // The line keeps the newest time, and the step that it now follows.
    if (same) last.step = entry.step;
    else if (lines.length < limit) lines.push({ step: entry.step, at: entry.at, first: entry, more: 0 });
    else break;
  }
  return lines;
}
