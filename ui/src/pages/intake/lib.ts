/** The triage: questions in order, and the answer that follows from them. */
import type { Operation, Symptom, Triage } from "../../bindings/contract";

export interface Answers {
  /** Operations of the business that the symptoms reach. */
  operations: readonly Operation[];
  recurring: boolean;
  cause_known: boolean;
  urgent: boolean;
  outgrown: boolean;
}

export type Question = "hurts" | "recurring" | "cause_known" | "urgent" | "outgrown";
export const QUESTIONS: readonly Question[] = ["hurts", "recurring", "cause_known", "urgent", "outgrown"];
export type Reason = "monitor" | "reviewOnce" | "reviewKnown" | "audit" | "auditOutgrown" | "sprint" | "sprintThen" | "modernise";

export interface Proposed {
  triage: Triage;
  reason: Reason;
  /** The questions that led there. */
  asked: readonly Question[];
}

/** Operations named by symptoms that hurt: `other` is none, and what is rated 1 hardly hurts. */
export function operationsOf(symptoms: readonly Pick<Symptom, "operation" | "severity">[]): Operation[] {
  const reached = symptoms.filter((symptom) => symptom.operation !== "other" && symptom.severity !== 1);
  return [...new Set(reached.map((symptom) => symptom.operation))];
}

/**
 * Neither recurring nor felt by the business: watch it. Cause unknown: trace it (all of it when it
 * recurs or the architecture is suspected, one path when it happened once). Cause known: mend it now
 * when it is urgent, plan the architecture when that is the cause, else confirm and weigh it.
 */
export function propose(answers: Answers): Proposed {
  const hurts = answers.operations.length > 0;
  if (!hurts && !answers.recurring && !answers.outgrown) return { triage: "monitor", reason: "monitor", asked: ["hurts", "recurring", "outgrown"] };
  if (!answers.cause_known) {
    if (answers.recurring) return { triage: "systems_audit", reason: "audit", asked: ["hurts", "recurring", "cause_known"] };
    if (answers.outgrown) return { triage: "systems_audit", reason: "auditOutgrown", asked: ["hurts", "recurring", "cause_known", "outgrown"] };
    return { triage: "diagnostic_review", reason: "reviewOnce", asked: ["hurts", "recurring", "cause_known", "outgrown"] };
  }
  if (answers.urgent) return { triage: "stabilisation_sprint", reason: answers.outgrown ? "sprintThen" : "sprint", asked: ["hurts", "recurring", "cause_known", "urgent", "outgrown"] };
  if (answers.outgrown) return { triage: "modernisation", reason: "modernise", asked: ["hurts", "recurring", "cause_known", "urgent", "outgrown"] };
  return { triage: "diagnostic_review", reason: "reviewKnown", asked: ["hurts", "recurring", "cause_known", "urgent", "outgrown"] };
}
