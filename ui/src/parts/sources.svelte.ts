/** The things that evidence can point to, asked from the core only as far as they are needed. */
import type { EvidenceTarget, Id } from "../bindings/contract";
import { language } from "../i18n/text.svelte";
import { asked, objects } from "../state";
import type { Sources } from "./evidence";

/** Issues that are shown at most without narrowing down. */
export const ISSUES_AT_MOST = 5000;

/** Loads what the given kinds need. Reactive. */
export function sourcesFor(kinds: Iterable<EvidenceTarget>, artifact: Id | null = null): Sources {
  const wanted = new Set(kinds);
  return {
    artifacts: objects("artifacts"),
    measurements: wanted.has("measurement") ? (asked("measurements", {}, ["artifacts"]).value ?? []) : [],
    issues: wanted.has("issue") ? (asked("issues", artifact ? { artifact, limit: ISSUES_AT_MOST } : { limit: ISSUES_AT_MOST }, ["artifacts"]).value ?? []) : [],
    candidates: wanted.has("issue_group") ? (asked("candidates", { decided: true }, ["artifacts", "decisions", "answers"]).value ?? []) : [],
    answers: wanted.has("answer") ? (asked("answers", { language: language() }, ["answers", "artifacts", "packs"]).value?.answers ?? []) : [],
    images: wanted.has("image") ? objects("images") : [],
    notes: wanted.has("note") ? objects("notes") : [],
    exhibits: wanted.has("exhibit") ? objects("exhibits") : [],
  };
}
