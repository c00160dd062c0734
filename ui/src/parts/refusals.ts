/**
 * What the core refuses, in the language of the window. The core's sentences are English and carry no name of their
 * own: a refusal is known again by its words, which stand in `i18n/en/refusals`.
 */
import type { AppError } from "../bindings/contract";
import { en } from "../i18n/en/index";
import { language, text } from "../i18n/text.svelte";
import { filled } from "./problems";
import { patternOf } from "./sentences";
import { remarkWords } from "./remarks";

type Said = Pick<AppError, "message" | "hint">;

let patterns: [id: keyof typeof en.refusals, pattern: RegExp][] | null = null;

/** Which refusal it is, and what it names; undefined for one that is not known. */
export function refusalOf({ message, hint }: Said): { id: keyof typeof en.refusals; values: Record<string, string> } | undefined {
  patterns ??= (Object.keys(en.refusals) as (keyof typeof en.refusals)[]).map((id) => [id, patternOf(en.refusals[id])]);
  const whole = hint ? `${message}; ${hint}` : message;
  for (const [id, pattern] of patterns) {
    const found = pattern.exec(whole);
    if (found) return { id, values: { ...found.groups } };
  }
  return undefined;
}

/** A refusal as the window says it. One that it does not know follows, as the core says it, behind what kind it is. */
export function inWords<E extends Said & Partial<Pick<AppError, "code">>>(error: E): E {
  if (language() === "en") return error;
  const known = refusalOf(error);
  if (known) {
    const [message, ...hint] = filled(text.refusals[known.id], known.values).split(/; (?=[^;]*$)/);
    return { ...error, message, hint: hint[0] ?? null };
  }
  const placed = /^(.+?)(?:, line (\d+))?: (.+)$/s.exec(error.message);
  const said = placed ? remarkWords({ message: placed[3] ?? "", remedy: error.hint ?? "" }) : undefined;
  if (placed && said?.known) {
    const line = placed[2] ? `, ${text.architectureText.line(Number(placed[2]))}` : "";
    return { ...error, message: `${placed[1] ?? ""}${line}: ${said.message}`, hint: said.remedy || null };
  }
  if (error.code === undefined || error.message === "") return error;
  return { ...error, message: text.frame.refusedAs[error.code](error.message) };
}
