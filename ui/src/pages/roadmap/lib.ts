/** Geometry and order of the roadmap's views; nothing here knows a component. */
import type { Horizon, Id, Initiative, Phase, Scheduled } from "../../bindings/contract";

export const HORIZONS: readonly Horizon[] = ["30", "60", "90", "later"];

/** Whole days from one day to another; negative when the second is earlier. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000);
}

/** The day so many days later. */
export function addDays(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}

/** From the first to the last of the days given, widened to whole months. */
export function span(days: readonly (string | null | undefined)[]): { from: string; to: string } | null {
  const known = days.filter((day): day is string => typeof day === "string" && !Number.isNaN(Date.parse(day))).sort();
  const [first] = known;
  const last = known.at(-1);
  if (first === undefined || last === undefined) return null;
  const [year, month] = last.split("-").map(Number) as [number, number];
  return { from: `${first.slice(0, 7)}-01`, to: new Date(Date.UTC(year, month, 0)).toISOString().slice(0, 10) };
}

/** First days of the months from one day to another. */
export function monthsOf(from: string, to: string): string[] {
  const months: string[] = [];
  let [year, month] = from.split("-").map(Number) as [number, number];
  for (let first = `${from.slice(0, 7)}-01`; first <= to && months.length < 400; ) {
    months.push(first);
    month += 1;
    if (month > 12) {
      month = 1;
      year += 1;
    }
    first = `${year}-${String(month).padStart(2, "0")}-01`;
  }
  return months;
}

/** Where a piece of work stands on the time axis, in days from its beginning; half days count. */
export function extent(work: Pick<Scheduled, "start" | "end" | "starts_at_noon" | "ends_at_noon">, from: string): { x: number; width: number } {
  const x = daysBetween(from, work.start) + (work.starts_at_noon ? 0.5 : 0);
  const end = daysBetween(from, work.end) + (work.ends_at_noon ? 0.5 : 1);
  return { x, width: Math.max(0.5, end - x) };
}

/** What of a name has room in so many pixels, at 11 px of type: the whole, its beginning, or nothing. */
export function fitted(name: string, room: number): string {
  const letters = Math.floor(room / 6.4);
  if (name.length <= letters) return name;
  if (letters >= 6) return `${name.slice(0, letters - 1).trimEnd()}…`;
  const [first = ""] = name.split(" ");
  return first.length <= letters ? first : "";
}

/** The line of a dependency: from the end of one bar down or up into the beginning of another. */
export function arrow(x1: number, y1: number, x2: number, y2: number): string {
  const bend = 6;
  if (x2 - x1 >= bend * 2) return `M${x1},${y1} H${x1 + bend} V${y2} H${x2}`;
  const half = (y1 + y2) / 2;
  return `M${x1},${y1} H${x1 + bend} V${half} H${x2 - bend} V${y2} H${x2}`;
}

export type Order = "start" | "phase" | "theme" | "number";

/** Scheduled work in the order of a view. */
export function ordered(work: readonly Scheduled[], order: Order, phases: readonly Id[], themes: readonly Id[]): Scheduled[] {
  const place = (list: readonly Id[], id: Id | null): number => (id === null || !list.includes(id) ? list.length : list.indexOf(id));
  const key = (each: Scheduled): number => (order === "phase" ? place(phases, each.phase) : order === "theme" ? place(themes, each.theme) : 0);
  return [...work].sort((a, b) => key(a) - key(b) || (order === "number" ? 0 : a.start.localeCompare(b.start) || a.end.localeCompare(b.end)) || a.number - b.number);
}

/** A dot of the map: effort runs on a logarithmic scale, so that half a day and half a year both have room. */
export interface Dot {
  id: Id;
  /** 0 (left) to 1. */
  x: number;
  /** 0 (top) to 1. */
  y: number;
}

/** Limits of the effort axis, in person-days: powers and halves around what is there. */
export function effortScale(efforts: readonly number[]): { min: number; max: number; ticks: number[] } {
  const steps = [0.25, 0.5, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10000, 100000];
  const usable = efforts.filter((effort) => effort > 0);
  const low = Math.min(1, ...usable) / 1.15;
  // Room for the dots at the ends.
  const high = Math.max(20, ...usable) * 1.15;
  const min = [...steps].reverse().find((step) => step <= low) ?? 0.25;
  const max = steps.find((step) => step >= high) ?? high;
  return { min, max, ticks: steps.filter((step) => step >= min && step <= max) };
}

/** Place of an effort on the axis, 0 to 1. */
export function effortAt(effort: number, scale: { min: number; max: number }): number {
  const clamped = Math.min(scale.max, Math.max(scale.min, effort));
  return Math.log(clamped / scale.min) / Math.log(scale.max / scale.min);
}

/** How far a dot may move along the effort, in dots. */
const ASIDE = [0, 0.5, -0.5, 1, -1, 1.5, -1.5, 2, -2];

/**
 * Dots of rated initiatives, each moved aside as little as lets all be read: within the row of its impact, and never
 * over `edge`, the effort (as a share) that parts the corners. `size` is a dot as a share of the map.
 */
export function dots(initiatives: readonly Initiative[], scale: { min: number; max: number }, size: { x: number; y: number }, edge = 1): Dot[] {
  const placed: Dot[] = [];
  const apart = (x: number, y: number): number => placed.reduce((least, dot) => Math.min(least, Math.hypot((dot.x - x) / size.x, (dot.y - y) / size.y)), 1);
  // A row is a fifth of the map.
  const lane = Math.min(size.y, Math.max(0, 0.1 - size.y / 4));
  for (const { id, impact, effort } of initiatives) {
    if (impact === null || effort === null || !(effort.likely > 0)) continue;
    const x0 = effortAt(effort.likely, scale);
    const y0 = (5 - impact + 0.5) / 5;
    const places = ASIDE.flatMap((aside) => [0, -lane, lane].map((line) => ({ x: Math.min(1, Math.max(0, x0 + aside * size.x)), y: y0 + line, moved: Math.abs(aside) * 0.15 + (line === 0 ? 0 : 0.02) })));
    const best = places
      .filter((place) => place.x > edge === x0 > edge)
      .map((place) => ({ ...place, worth: apart(place.x, place.y) - place.moved }))
      .reduce((first, next) => (next.worth > first.worth ? next : first));
    placed.push({ id, x: best.x, y: best.y });
  }
  return placed;
}

/** A column of the board. `id` is empty for what belongs to none. */
export interface BoardColumn {
  id: string;
  title: string;
  cards: Initiative[];
}

/** The columns by phase; those in none, or in a phase that is gone, come last. */
export function byPhase(initiatives: readonly Initiative[], phases: readonly Phase[], none: string): BoardColumn[] {
  const known = new Set(phases.map((phase) => phase.id));
  return [
    ...phases.map((phase) => ({ id: phase.id, title: `${phase.number} ${phase.name}`.trim(), cards: initiatives.filter((each) => each.phase === phase.id) })),
    { id: "", title: none, cards: initiatives.filter((each) => each.phase === null || !known.has(each.phase)) },
  ];
}

export function byHorizon(initiatives: readonly Initiative[], titles: Record<Horizon, string>): BoardColumn[] {
  return HORIZONS.map((horizon) => ({ id: horizon, title: titles[horizon], cards: initiatives.filter((each) => each.horizon === horizon) }));
}

/** What becomes of a card that is moved: another column, or another place in its own (`after` null is the first of all). */
export type Move = { column: string } | { after: Id | null } | null;

/** A card moved with the arrows. */
export function stepCard(columns: readonly BoardColumn[], id: Id, key: string): Move {
  const at = columns.findIndex((column) => column.cards.some((card) => card.id === id));
  const column = columns[at];
  if (!column) return null;
  if (key === "ArrowLeft" || key === "ArrowRight") {
    const to = columns[at + (key === "ArrowLeft" ? -1 : 1)];
    return to ? { column: to.id } : null;
  }
  const place = column.cards.findIndex((card) => card.id === id);
  if (key === "ArrowDown") {
    const below = column.cards[place + 1];
    return below ? { after: below.id } : null;
  }
  if (key === "ArrowUp" && place > 0) return { after: column.cards[place - 2]?.id ?? null };
  return null;
}

/** The sum of shares in percent when it is not 100; null when it is, or when there are none. */
export function wrongShares(roles: readonly { share: number }[]): number | null {
  if (roles.length === 0) return null;
  const sum = Math.round(roles.reduce((total, role) => total + role.share, 0) * 1000) / 10;
  return Math.abs(sum - 100) < 0.15 ? null : sum;
}
