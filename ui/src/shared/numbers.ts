/**
 * Reads a number as people type it: `1250`, `1,250.5`, `1.250,5`, `1 250`. The last of `.` and `,`
 * is the decimal mark; a single mark followed by exactly three digits groups thousands only when
 * another group stands before it or the language says so.
 */
export function parseNumber(typed: string, language: "en" | "de" = "en"): number | null | "wrong" {
  let text = typed.trim().replace(/[\s\u00a0\u202f'’]/g, "").replace(/−/g, "-");
  if (text === "") return null;
  if (!/^[+-]?[\d.,]+$/.test(text)) return "wrong";
  const comma = text.lastIndexOf(",");
  const point = text.lastIndexOf(".");
  if (comma >= 0 && point >= 0) {
    const decimal = comma > point ? "," : ".";
    const group = decimal === "," ? "." : ",";
    text = text.replaceAll(group, "");
    if (text.split(decimal).length > 2) return "wrong";
    text = text.replace(decimal, ".");
  } else if (comma >= 0 || point >= 0) {
    const mark = comma >= 0 ? "," : ".";
    const own = language === "de" ? "," : ".";
    const parts = text.split(mark);
    const groups = parts.length > 2 || (mark !== own && /^[+-]?[1-9]\d{0,2}$/.test(parts[0] ?? "") && parts[1]?.length === 3);
    if (groups && !parts.slice(1).every((part) => part.length === 3)) return "wrong";
    text = groups ? parts.join("") : parts.join(".");
  }
  const value = Number(text);
  return Number.isFinite(value) ? value : "wrong";
}

/** A number as it stands in a field while it is not edited: no grouping, the language's mark. */
export function plainNumber(value: number | null | undefined, language: "en" | "de" = "en"): string {
  if (value === null || value === undefined) return "";
  const text = String(Math.round(value * 1e6) / 1e6);
  return language === "de" ? text.replace(".", ",") : text;
}

/** Reads a day: `2026-11-22`, `22.11.2026`, `22/11/2026`. */
export function parseDay(typed: string): string | null | "wrong" {
  const text = typed.trim();
  if (text === "") return null;
  const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(text);
  const other = /^(\d{1,2})[./](\d{1,2})[./](\d{4})$/.exec(text);
  const parts = iso ? [iso[1], iso[2], iso[3]] : other ? [other[3], other[2], other[1]] : null;
  if (!parts) return "wrong";
  const [year, month, day] = parts.map(Number) as [number, number, number];
  const moment = new Date(Date.UTC(year, month - 1, day));
  if (moment.getUTCFullYear() !== year || moment.getUTCMonth() !== month - 1 || moment.getUTCDate() !== day) return "wrong";
  return moment.toISOString().slice(0, 10);
}
