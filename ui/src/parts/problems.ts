/** What `check` found, in the language of the window; the core's own sentences are English. */
import type { JsonValue, Overload, PlanNote, Problem } from "../bindings/contract";
import { date, number, term, text, type Text } from "../i18n/text.svelte";
import { numberOf } from "../shared/labels";
import { object } from "../state";
import { noteWords, overloadWords } from "./planWords";

type Values = Readonly<Record<string, JsonValue | undefined>>;

/** A value as it is said: a word of `terms`, a day, a number, or as it came. */
function said(value: JsonValue | undefined, how: string | undefined): string {
  if (value === undefined || value === null) return "";
  if (how === "date") return date(String(value));
  if (how === "number" || typeof value === "number") return typeof value === "number" ? number(value) : String(value);
  return how ? term(how as keyof Text["terms"], String(value)) : String(value);
}

/** A sentence with its places filled. */
export function filled(sentence: string, values: Values): string {
  return sentence.replace(/\{(\w+)(?::(\w+))?\}/g, (_, name: string, how: string | undefined) => said(values[name], how));
}

/** What is wrong, and what to do. A sentence that this window does not know yet is shown as the core says it. */
export function problemWords(problem: Pick<Problem, "sentence" | "values" | "message">): string {
  const values = problem.values as Values;
  // What the plan remarks is said from what it is about.
  if (values.note) return noteWords({ ...(values.note as unknown as PlanNote), initiative: null });
  if (values.overload) return overloadWords(values.overload as unknown as Overload);
  const sentence = (text.checks as Record<string, string>)[problem.sentence];
  return sentence === undefined ? problem.message : filled(sentence, values);
}

/** The object that it is about, as the window calls it. */
export function problemObject(problem: Pick<Problem, "kind" | "id" | "object">): string {
  const { kind, id } = problem;
  if (kind === "engagement") {
    const page = (text as unknown as Record<string, { title?: unknown }>)[problem.object]?.title;
    return typeof page === "string" ? page : term("kind", kind);
  }
  const found = object(kind, id) as { number?: number; check?: string; area?: string; title?: string; name?: string; path?: string } | undefined;
  if (!found) return problem.object;
  if (kind === "phases") return `${term("kind", kind)} ${found.number}`;
  const named = numberOf(kind, found.number) || found.check || found.area;
  return named || [found.title, found.name, found.path].find(Boolean) || term("kind", kind);
}
