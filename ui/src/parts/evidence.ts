/** What proves a finding, in words: the same for the picker, the list of links and the measurement fields. */
import type { AnswerRow, Artifact, Candidate, EvidenceFacts, EvidenceTarget, Exhibit, Id, Image, Issue, Kind, Measurement, Note, Severity } from "../bindings/contract";

/** Everything evidence can point to, as far as it is loaded. */
export interface Sources {
  artifacts: readonly Artifact[];
  measurements: readonly Measurement[];
  issues: readonly Issue[];
  /** Candidates; those of issue groups count. */
  candidates: readonly Candidate[];
  answers: readonly AnswerRow[];
  images: readonly Image[];
  notes: readonly Note[];
  exhibits: readonly Exhibit[];
}

/** One thing that can prove something. */
export interface Piece {
  /** Unique over all kinds: `kind/target`. */
  key: string;
  kind: EvidenceTarget;
  target: string;
  /** What it says. */
  label: string;
  /** The value of a measurement, with its unit. */
  value?: string;
  /** Where it stands: a file, a section, a date. */
  where: string;
  /** The file and the place in it, when it stands in one. */
  artifact?: Id;
  at?: string;
  severity?: Severity;
  sha256?: string;
  private?: boolean;
  /** The object to go to, when it is another than the target. */
  object?: Id;
}

/** Kinds whose changes may change what a piece says. */
export const EVIDENCE_FROM = ["artifacts", "answers", "packs", "images", "notes", "exhibits"] as const satisfies readonly Kind[];

/** Kinds in the order in which they are offered. */
export const EVIDENCE_KINDS: readonly EvidenceTarget[] = ["measurement", "issue_group", "issue", "artifact", "answer", "image", "exhibit", "note"];

export const pieceKey = (kind: EvidenceTarget, target: string): string => `${kind}/${target}`;

/** A measured value with its unit, `true` and `false` as such, the raw text where a number does not say it all. */
export function measuredText(measurement: Pick<Measurement, "value" | "unit" | "text">, number: (value: number) => string): string {
  if (measurement.text !== "") return measurement.text;
  if (measurement.unit === "bool") return measurement.value !== 0 ? "true" : "false";
  const unit = measurement.unit === "count" ? "" : measurement.unit === "ratio" ? "%" : measurement.unit;
  const value = number(measurement.unit === "ratio" ? measurement.value * 100 : measurement.value);
  return unit === "" ? value : `${value} ${unit}`;
}

/** Whether a candidate stands for a group of issues rather than for a check. */
export const isGroup = (candidate: Pick<Candidate, "key">): boolean => candidate.key.startsWith("issue:");

/** All pieces of a kind. */
export function piecesOf(kind: EvidenceTarget, sources: Sources, number: (value: number) => string, day: (value: string | null) => string): Piece[] {
  const file = (id: Id): string => sources.artifacts.find((artifact) => artifact.id === id)?.name ?? "";
  const piece = (target: string, label: string, where: string, more: Partial<Piece> = {}): Piece => ({ key: pieceKey(kind, target), kind, target, label, where, ...more });
  switch (kind) {
    case "measurement": {
      const names = new Map(sources.artifacts.map((artifact) => [artifact.id, artifact.name]));
      return sources.measurements.map((each) =>
        piece(each.id, [each.metric, each.subject].filter(Boolean).join(" · "), [names.get(each.artifact) ?? "", each.at].filter(Boolean).join(", "), {
          value: measuredText(each, number),
          artifact: each.artifact,
          at: each.at,
        }),
      );
    }
    case "issue":
      return sources.issues.map((each) =>
        piece(each.id, [each.rule, each.title || each.message].filter(Boolean).join(" – "), [each.location + (each.line ? `:${each.line}` : ""), file(each.artifact)].filter(Boolean).join(", "), {
          artifact: each.artifact,
          at: each.at,
          severity: each.severity,
        }),
      );
    case "issue_group":
      return sources.candidates.filter(isGroup).map((each) => piece(each.key, each.title, `${each.key.split(":").slice(1, 3).join(" · ")} ×${number(each.count)}`, { severity: each.severity }));
    case "artifact":
      return sources.artifacts.map((each) => piece(each.id, each.name, [each.tool, each.tool_version].filter(Boolean).join(" ") || each.format, { artifact: each.id, at: "" }));
    case "answer":
      return sources.answers.map((each) => piece(`${each.pack}/${each.check}`, `${each.check} ${each.title}`, each.section_title));
    case "image":
      return sources.images.map((each) => piece(each.id, each.caption || each.name, `${each.name} · ${each.width} × ${each.height}`, { sha256: each.sha256 }));
    case "exhibit":
      return sources.exhibits.map((each) => piece(each.id, each.title || each.name, [each.name, each.range].filter(Boolean).join(", ")));
    case "note":
      return sources.notes.map((each) => piece(each.id, each.title, [day(each.date), each.people.map((person) => person.name).join(", ")].filter(Boolean).join(" · "), { private: each.private }));
  }
}

/** What the core says of a target, as a piece. */
export function pieceFrom(facts: EvidenceFacts, number: (value: number) => string, day: (value: string | null) => string): Piece {
  const { kind, target, label, value, unit, text, artifact, file, at, place, severity, count, size } = facts;
  const joined = (parts: readonly (string | null)[], by: string): string => parts.filter(Boolean).join(by);
  const where: Record<EvidenceTarget, string> = {
    artifact: file,
    measurement: joined([file, at], ", "),
    issue: joined([place, file], ", "),
    issue_group: joined([file, place, count === null ? "" : `×${number(count)}`], " · "),
    answer: place,
    image: joined([file, size ? `${size[0]} × ${size[1]}` : ""], " · "),
    exhibit: joined([file, at], ", "),
    note: joined([day(facts.date), facts.people.join(", ")], " · "),
  };
  return {
    key: pieceKey(kind, target),
    kind,
    target,
    label,
    where: where[kind],
    ...(value === null ? {} : { value: measuredText({ value, unit, text }, number) }),
    ...(artifact === null ? {} : { artifact, at }),
    ...(severity === null ? {} : { severity }),
    ...(facts.sha256 === "" ? {} : { sha256: facts.sha256 }),
    ...(facts.private ? { private: true } : {}),
    ...(facts.object === null ? {} : { object: facts.object }),
  };
}
