/** How cells of a spreadsheet are read as values of the engagement. */
import { language, term } from "../i18n/text.svelte";
import { fold } from "../shared/fuzzy";
import { parseDay, parseNumber } from "../shared/numbers";
import { objects } from "../state";

/** A number; undefined when it is none. */
export function readNumber(text: string): number | undefined {
  const value = parseNumber(text, language());
  return typeof value === "number" ? value : undefined;
}

/** An amount in cents, with or without a currency beside it. */
export function readMoney(text: string): number | undefined {
  const value = readNumber(text.replace(/[\p{L}\p{Sc}]/gu, ""));
  return value === undefined ? undefined : Math.round(value * 100);
}

/** An amount that is sure: low, likely and high are the same. */
export function readRange(text: string): { low: number; likely: number; high: number } | undefined {
  const likely = readMoney(text);
  return likely === undefined ? undefined : { low: likely, likely, high: likely };
}

/** A day. */
export function readDay(text: string): string | undefined {
  const day = parseDay(text);
  return day === "wrong" || day === null ? undefined : day;
}

/** One of several values, by itself or by its word. */
export function readChoice<G extends Parameters<typeof term>[0]>(group: G, values: readonly string[]): (text: string) => string | undefined {
  return (text) => values.find((value) => fold(value) === fold(text) || fold(term(group, value)) === fold(text));
}

/** A phase by its number or name. */
export function readPhase(text: string): string | undefined {
  return objects("phases").find((phase) => String(phase.number) === text || fold(phase.name) === fold(text) || fold(`${phase.number} ${phase.name}`) === fold(text))?.id;
}

/** A role by its name. */
export function readRole(text: string): string | undefined {
  return objects("roles").find((role) => fold(role.name) === fold(text))?.id;
}
