/** What comes out of a spreadsheet: people by role and month or as a list, cost lines. Nothing here knows a component. */
import type { BudgetLine, MoneyRange, Phase, ResourceLine, Role } from "../../bindings/contract";
import { fold } from "../../shared/fuzzy";
import { parseDay, parseNumber } from "../../shared/numbers";
import { fromTsv } from "../../shared/table";

type Language = "en" | "de";
type Cells = string[][];

/** Rows of cells: separated by tabs, or by semicolons or commas as files are. Empty lines are left out. */
export function cellsOf(text: string): Cells {
  const first = text.split(/\r?\n/, 1)[0] ?? "";
  const separator = text.includes("\t") ? "\t" : first.includes(";") ? ";" : first.includes(",") ? "," : "\t";
  const rows = separator === "\t" ? fromTsv(text) : fromTsv(swapped(text, separator));
  return rows.map((row) => row.map((cell) => cell.trim())).filter((row) => row.some((cell) => cell !== ""));
}

/** The separators outside of quotes as tabs. */
function swapped(text: string, separator: string): string {
  let quoted = false;
  return [...text]
    .map((letter) => {
      if (letter === '"') quoted = !quoted;
      return letter === separator && !quoted ? "\t" : letter;
    })
    .join("");
}

/** How the numbers of a table are written: the first that leaves no doubt decides, else the window's language. */
export function writingOf(cells: readonly string[], fallback: Language): Language {
  for (const cell of cells) {
    const digits = bare(cell);
    if (!/^[+-]?[\d.,]+$/.test(digits)) continue;
    const comma = digits.lastIndexOf(",");
    const point = digits.lastIndexOf(".");
    if (comma >= 0 && point >= 0) return comma > point ? "de" : "en";
    const mark = comma >= 0 ? "," : point >= 0 ? "." : null;
    if (mark === null) continue;
    const parts = digits.split(mark);
    if (parts.length > 2) return mark === "," ? "en" : "de";
    if (parts[1]?.length !== 3 || (parts[0] ?? "").replace(/[+-]/, "").length > 3 || /^[+-]?0*$/.test(parts[0] ?? "")) return mark === "," ? "de" : "en";
  }
  return fallback;
}

/** A number without its currency, percent sign or spaces. */
function bare(cell: string): string {
  return cell.replace(/[€$£%]|\b[A-Z]{3}\b|\b(FTE|VZÄ|PT)(?![\p{L}])/giu, "").replace(/[\s\u00a0\u202f'’]/g, "");
}

export function numberOf(cell: string, writing: Language): number | null | "wrong" {
  const digits = bare(cell).replace(/[,.][-–—]+$/, "");
  return digits === "–" || digits === "-" ? null : parseNumber(digits, writing);
}

/** The first day of the month that a heading names: `2026-03`, `03/2026`, `Mar 26`, `März 2026`. */
export function monthOf(heading: string): string | null {
  const text = fold(heading.trim()).replace(/[.'’]/g, " ").replace(/\s+/g, " ").trim();
  const number = /^(\d{4})[-/ ](\d{1,2})(?:[-/ ]\d{1,2})?$/.exec(text) ?? flip(/^(?:0?1 )?(\d{1,2})[-/ ](\d{4})$/.exec(text));
  const word = /^([a-z]{3,})[- ]?(\d{2}|\d{4})$/.exec(text);
  const year = Number(number?.[1] ?? (word ? (word[2]?.length === 2 ? `20${word[2]}` : word[2]) : NaN));
  const month = number ? Number(number[2]) : word ? MONTHS.findIndex((names) => names.some((name) => word[1]?.startsWith(name))) + 1 : 0;
  return year >= 1970 && year <= 2200 && month >= 1 && month <= 12 ? `${year}-${String(month).padStart(2, "0")}-01` : null;
}
function flip(found: RegExpExecArray | null): [string, string, string] | null {
  return found ? [found[0], found[2] as string, found[1] as string] : null;
}
const MONTHS: readonly (readonly string[])[] = [["jan"], ["feb"], ["mar", "mae"], ["apr"], ["may", "mai"], ["jun"], ["jul"], ["aug"], ["sep"], ["oct", "okt"], ["nov"], ["dec", "dez"]];

function lastDay(month: string): string {
  const [year, number] = month.split("-").map(Number) as [number, number];
  return new Date(Date.UTC(year, number, 0)).toISOString().slice(0, 10);
}
function isNext(month: string, following: string): boolean {
  const [year, number] = month.split("-").map(Number) as [number, number];
  return new Date(Date.UTC(year, number, 1)).toISOString().slice(0, 10) === following;
}

/** A cell that could not be read: its row and column from 1, and what stands there. */
export interface Fault {
  row: number;
  column: number;
  text: string;
}
/** Lines to be added, with the roles that they need and that are not there. */
export interface PastedPeople {
  roles: string[];
  lines: { role: string; line: Partial<ResourceLine> }[];
  faults: Fault[];
}

const HEADINGS = {
  role: ["role", "rolle", "funktion"],
  name: ["name", "person", "team", "wer", "who"],
  fte: ["fte", "vza", "anteil", "share", "capacity", "kapazitaet"],
  from: ["from", "start", "von", "beginn", "ab"],
  to: ["to", "end", "until", "bis", "ende"],
  day_rate: ["day rate", "rate", "tagessatz", "satz", "price a day"],
  title: ["title", "item", "what", "position", "bezeichnung", "posten", "titel", "was"],
  category: ["category", "kategorie", "art", "kind"],
  phase: ["phase"],
  low: ["low", "min", "minimum", "niedrig", "von"],
  once: ["once", "likely", "cost", "costs", "amount", "price", "one-off", "einmalig", "wahrscheinlich", "betrag", "kosten", "preis", "summe"],
  high: ["high", "max", "maximum", "hoch", "bis"],
  yearly: ["yearly", "per year", "a year", "annual", "jaehrlich", "pro jahr", "laufend"],
  note: ["note", "remark", "comment", "bemerkung", "notiz", "kommentar"],
} as const;
type Heading = keyof typeof HEADINGS;

/** Which column is what, by the first line; null when that is no heading line. */
function headings(first: readonly string[], of: readonly Heading[]): Map<Heading, number> | null {
  const found = new Map<Heading, number>();
  first.forEach((cell, at) => {
    const text = fold(cell).replace(/\(.*\)/, "").replace(/\s+/g, " ").trim();
    const heading = of.find((each) => !found.has(each) && (HEADINGS[each] as readonly string[]).some((word) => text === word || text.startsWith(`${word} `)));
    if (heading) found.set(heading, at);
  });
  return found.size > 0 && !first.some((cell) => typeof numberOf(cell, "en") === "number") ? found : null;
}

/** People from a table: a grid of roles and months, or a list with a heading line (or role, name, FTE, from, to, day rate). */
export function peopleOf(cells: Cells, roles: readonly Role[], language: Language): PastedPeople {
  const months = (cells[0] ?? []).map(monthOf);
  const body = months.some(Boolean) ? gridLines(cells, months, language) : listLines(cells, language);
  const known = new Map(roles.map((role) => [fold(role.name), role.name]));
  const missing: string[] = [];
  for (const each of body.lines) {
    const key = fold(each.role);
    if (!known.has(key)) {
      known.set(key, each.role);
      missing.push(each.role);
    }
    each.role = known.get(key) as string;
  }
  return { roles: missing, ...body };
}

/** Neighbouring months with the same share are one line. */
function gridLines(cells: Cells, months: readonly (string | null)[], language: Language): Omit<PastedPeople, "roles"> {
  const writing = writingOf(cells.slice(1).flatMap((row) => row.filter((_, at) => months[at])), language);
  const firstMonth = months.findIndex(Boolean);
  const out: Omit<PastedPeople, "roles"> = { lines: [], faults: [] };
  cells.slice(1).forEach((row, at) => {
    const [role = "", name = ""] = row.slice(0, firstMonth).filter((_, column) => months[column] === null);
    if (role === "") return;
    let open: { fte: number; from: string; last: string } | null = null;
    const close = (): void => {
      if (open) out.lines.push({ role, line: { name, fte: open.fte, from: open.from, to: lastDay(open.last) } });
      open = null;
    };
    months.forEach((month, column) => {
      if (!month) return;
      const fte = numberOf(row[column] ?? "", writing);
      if (fte === "wrong" || (fte !== null && fte < 0)) out.faults.push({ row: at + 2, column: column + 1, text: row[column] ?? "" });
      const share = typeof fte === "number" && fte > 0 ? fte / (row[column]?.includes("%") ? 100 : 1) : 0;
      if (open && open.fte === share && isNext(open.last, month)) open.last = month;
      else {
        close();
        if (share > 0) open = { fte: share, from: month, last: month };
      }
    });
    close();
  });
  return out;
}

const LIST: readonly Heading[] = ["role", "name", "fte", "from", "to", "day_rate"];

function listLines(cells: Cells, language: Language): Omit<PastedPeople, "roles"> {
  const heading = headings(cells[0] ?? [], LIST);
  const at = heading ?? new Map(LIST.map((each, index) => [each, index]));
  const start = heading ? 1 : 0;
  const body = cells.slice(start);
  const writing = writingOf(body.flatMap((row) => [row[at.get("fte") ?? -1] ?? "", row[at.get("day_rate") ?? -1] ?? ""]), language);
  const out: Omit<PastedPeople, "roles"> = { lines: [], faults: [] };
  body.forEach((row, index) => {
    const cell = (each: Heading): string => row[at.get(each) ?? -1] ?? "";
    const read = <T>(each: Heading, value: T | null | "wrong"): T | null => {
      if (value === "wrong") {
        out.faults.push({ row: index + start + 1, column: (at.get(each) ?? 0) + 1, text: cell(each) });
        return null;
      }
      return value;
    };
    if (cell("role") === "") return;
    const share = read("fte", numberOf(cell("fte"), writing));
    const rate = read("day_rate", numberOf(cell("day_rate"), writing));
    const line: Partial<ResourceLine> = {
      name: cell("name"),
      fte: share === null ? 1 : share / (cell("fte").includes("%") ? 100 : 1),
      from: read("from", parseDay(cell("from"))),
      to: read("to", parseDay(cell("to"))),
      ...(rate === null ? {} : { day_rate: Math.round(rate * 100) }),
    };
    out.lines.push({ role: cell("role"), line });
  });
  return out;
}

export interface PastedBudget {
  lines: Partial<BudgetLine>[];
  faults: Fault[];
}
const BUDGET: readonly Heading[] = ["title", "category", "phase", "low", "once", "high", "yearly", "note"];

/** Cost lines from a table: with a heading line, or a title, words for the category, and one or two amounts (once, yearly). */
export function budgetOf(cells: Cells, phases: readonly Phase[], language: Language): PastedBudget {
  const heading = headings(cells[0] ?? [], BUDGET);
  const body = heading ? cells.slice(1) : cells;
  const columns = heading ?? guessed(body);
  const money = (["low", "once", "high", "yearly"] as const).flatMap((each) => columns.get(each) ?? []);
  const writing = writingOf(body.flatMap((row) => money.map((column) => row[column] ?? "")), language);
  const out: PastedBudget = { lines: [], faults: [] };
  body.forEach((row, index) => {
    const cell = (each: Heading): string => row[columns.get(each) ?? -1] ?? "";
    const cents = (each: Heading): number | null => {
      const value = numberOf(cell(each), writing);
      if (value === "wrong" || (value !== null && value < 0)) {
        out.faults.push({ row: index + (heading ? 2 : 1), column: (columns.get(each) ?? 0) + 1, text: cell(each) });
        return null;
      }
      return value === null ? null : Math.round(value * 100);
    };
    if (cell("title") === "") return;
    const wanted = fold(cell("phase"));
    const phase = phases.find((each) => wanted !== "" && [fold(each.name), String(each.number), `${each.number} ${fold(each.name)}`, `phase ${each.number}`].includes(wanted));
    out.lines.push({
      title: cell("title"),
      category: cell("category"),
      phase: phase?.id ?? null,
      once: range(cents("low"), cents("once"), cents("high")),
      yearly: range(null, cents("yearly"), null),
      note: cell("note"),
    });
  });
  return out;
}

/** Without headings: the first column of words is the title, the second the category; the first of numbers is once, the second yearly. */
function guessed(body: Cells): Map<Heading, number> {
  const width = Math.max(0, ...body.map((row) => row.length));
  const isMoney = (column: number): boolean => body.some((row) => typeof numberOf(row[column] ?? "", "en") === "number" || typeof numberOf(row[column] ?? "", "de") === "number");
  const columns = Array.from({ length: width }, (_, column) => column);
  const words = columns.filter((column) => !isMoney(column));
  const amounts = columns.filter(isMoney);
  const named: [Heading, number | undefined][] = [["title", words[0]], ["category", words[1]], ["note", words[2]], ["once", amounts[0]], ["yearly", amounts[1]]];
  return new Map(named.filter((each): each is [Heading, number] => each[1] !== undefined));
}

/** One amount is a sure one; of three each keeps its place, and none falls below the one before it. */
function range(low: number | null, likely: number | null, high: number | null): MoneyRange {
  const middle = likely ?? (low !== null && high !== null ? Math.round((low + high) / 2) : (low ?? high ?? 0));
  return { low: Math.min(low ?? middle, middle), likely: middle, high: Math.max(high ?? middle, middle) };
}
