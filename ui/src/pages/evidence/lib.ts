import type { Candidate, Decision, FileReport, Severity } from "../../bindings/contract";

export const SEVERITIES: readonly Severity[] = ["critical", "high", "medium", "low", "info"];

/**
 * Where a candidate comes from, read from its key: `issue:<tool>:<rule>:<component>`, `check:<pack>:<check>`, or
 * `traffic:<seen or unseen>:<who calls>→<who is called>`.
 */
export type Origin =
  | { kind: "traffic"; seen: boolean; from: string; to: string }
  | { kind: "issue"; tool: string; rule: string; component: string }
  | { kind: "check"; pack: string; check: string };

export function originOf(key: string): Origin {
  const [kind, first = "", second = "", ...rest] = key.split(":");
  if (kind === "check") return { kind: "check", pack: first, check: [second, ...rest].join(":") };
  if (kind === "traffic") {
    const [from = "", to = ""] = [second, ...rest].join(":").split("→");
    return { kind: "traffic", seen: first === "seen", from, to };
  }
  return { kind: "issue", tool: first, rule: second, component: rest.join(":") };
}

/** What became of a file, with files that were here already told apart. */
export type FileState = "imported" | "known" | "refused" | "ambiguous";

export function fileState(file: FileReport): FileState {
  return file.outcome === "imported" && file.reason !== "" ? "known" : file.outcome;
}

/** How many files of each state; those not read come first in a list. */
export function tally(files: readonly FileReport[]): Record<FileState, number> {
  const counts: Record<FileState, number> = { imported: 0, known: 0, refused: 0, ambiguous: 0 };
  for (const file of files) counts[fileState(file)] += 1;
  return counts;
}

const ORDER: Record<FileState, number> = { ambiguous: 0, refused: 1, imported: 2, known: 3 };

/** What needs a look first; otherwise as they came. */
export function byNeed(files: readonly FileReport[]): FileReport[] {
  return files.map((file, at) => ({ file, at })).sort((a, b) => ORDER[fileState(a.file)] - ORDER[fileState(b.file)] || a.at - b.at).map((each) => each.file);
}

/** A size as people read it; `number` writes a number in the window's language. */
export function bytesText(bytes: number, number: (value: number, digits: number) => string): string {
  const units = ["B", "KB", "MB", "GB"];
  let value = bytes;
  let unit = 0;
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1000;
    unit += 1;
  }
  return `${number(value, unit === 0 || value >= 100 ? 0 : 1)} ${units[unit]}`;
}

/** The name of a file without its folders. */
export const fileName = (path: string): string => path.split(/[/\\]/).filter(Boolean).at(-1) ?? path;

/** The decision on a candidate. */
export function decisionOn(candidate: Candidate, decisions: readonly Decision[]): Decision | undefined {
  return decisions.find((decision) => decision.candidate === candidate.key);
}

/** The row that gets the cursor when some rows leave the list: the next that stays, else the last before. */
export function afterLeaving(ids: readonly string[], leaving: ReadonlySet<string>): string | undefined {
  const first = ids.findIndex((id) => leaving.has(id));
  if (first < 0) return undefined;
  return ids.slice(first).find((id) => !leaving.has(id)) ?? ids.slice(0, first).reverse().find((id) => !leaving.has(id));
}
