/** Every word of the window, in the chosen language. English is the type; German must satisfy it. */
import { de } from "./de/index";
import { en, type Text } from "./en/index";

export type { Text } from "./en/index";
export type Language = "en" | "de";

const dictionaries: Record<Language, Text> = { en, de };
let chosen = $state<Language>("en");

/** The language of the window (not of the report). */
export function language(): Language {
  return chosen;
}

export function setLanguage(language: Language): void {
  chosen = language;
  if (typeof document !== "undefined") document.documentElement.lang = language;
}

/** `text.<area>.<key>`; reading it in a template or a derived value follows the language. */
export const text: Text = new Proxy({} as Text, {
  get: (_, area) => dictionaries[chosen][area as keyof Text],
});

/** The word of an enumeration's value, for example `term("severity", "high")`; the value itself when unknown. */
export function term<G extends keyof Text["terms"]>(group: G, value: string | null | undefined): string {
  if (value === null || value === undefined || value === "") return "";
  const words = text.terms[group] as Record<string, string>;
  return words[value] ?? value;
}

/** The label of a field of a kind; the field's own name when it has no label. */
export function fieldLabel(kind: string, field: string): string {
  const fields = text.fields as Record<string, Record<string, string>>;
  return fields[kind]?.[field] ?? fields.any?.[field] ?? field.replaceAll("_", " ");
}

/** What belongs into a field while it is empty; nothing where its label says it. */
export function teaching(kind: string, field: string): string {
  return (text.teach as Record<string, Record<string, string>>)[kind]?.[field] ?? "";
}

/** A number as people of the language write it. */
export function number(value: number, digits = 2): string {
  return new Intl.NumberFormat(chosen, { maximumFractionDigits: digits }).format(value);
}

/** An amount of money without decimals when it has none. `cents` as the core keeps it. */
export function money(cents: number, currency: string): string {
  try {
    return new Intl.NumberFormat(chosen, { style: "currency", currency, maximumFractionDigits: cents % 100 === 0 ? 0 : 2 }).format(cents / 100);
  } catch {
    return `${number(cents / 100)} ${currency}`;
  }
}

/** A day (`2026-11-22`) or a moment, as people of the language write it. */
export function date(value: string | null | undefined, withTime = false): string {
  if (!value) return "";
  const moment = new Date(value.length === 10 ? `${value}T00:00:00` : value);
  if (Number.isNaN(moment.getTime())) return value;
  return new Intl.DateTimeFormat(chosen, withTime ? { dateStyle: "medium", timeStyle: "short" } : { dateStyle: "medium" }).format(moment);
}
