/** Differences of texts and values. */
import type { HistoryEntry, JsonValue } from "../../bindings/contract";

export interface Piece {
  kind: "same" | "added" | "removed";
  text: string;
}

/** Words, spaces and signs, so that a difference falls between words. */
export function tokens(text: string): string[] {
  return text.match(/\s+|[\p{L}\p{N}\p{M}_]+|[^\s\p{L}\p{N}\p{M}_]/gu) ?? [];
}

/** Over this many words in the part that differs, it is shown as replaced whole. */
const MOST = 1500;

/** What was removed and added, word by word. */
export function wordDiff(before: string, after: string): Piece[] {
  const a = tokens(before);
  const b = tokens(after);
  let start = 0;
  while (start < a.length && start < b.length && a[start] === b[start]) start += 1;
  let end = 0;
  while (end < a.length - start && end < b.length - start && a[a.length - 1 - end] === b[b.length - 1 - end]) end += 1;
  const pieces: Piece[] = [];
  const push = (kind: Piece["kind"], text: string): void => {
    if (text === "") return;
    const last = pieces.at(-1);
    if (last?.kind === kind) last.text += text;
    else pieces.push({ kind, text });
  };
  push("same", a.slice(0, start).join(""));
  const left = a.slice(start, a.length - end);
  const right = b.slice(start, b.length - end);
  if (left.length > MOST || right.length > MOST) {
    push("removed", left.join(""));
    push("added", right.join(""));
  } else {
    const words = common(left, right);
    const kept = words.filter((piece) => piece.kind === "same" && piece.text.trim() !== "").length;
    const most = Math.max(countWords(left), countWords(right));
    // Few words in common are chance: a text that was written anew reads better as replaced whole.
    if (most > 8 && kept < most * 0.3) {
      push("removed", left.join(""));
      push("added", right.join(""));
    } else for (const { kind, text } of words) push(kind, text);
  }
  push("same", a.slice(a.length - end).join(""));
  return pieces;
}

function countWords(list: readonly string[]): number {
  return list.filter((token) => token.trim() !== "").length;
}

/** The longest common sequence of two short lists. */
function common(a: readonly string[], b: readonly string[]): Piece[] {
  const width = b.length + 1;
  const lengths = new Uint16Array((a.length + 1) * width);
  const at = (i: number, j: number): number => lengths[i * width + j] ?? 0;
  for (let i = a.length - 1; i >= 0; i -= 1) {
    for (let j = b.length - 1; j >= 0; j -= 1) lengths[i * width + j] = a[i] === b[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
  }
  const pieces: Piece[] = [];
  let i = 0;
  let j = 0;
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && a[i] === b[j]) {
      pieces.push({ kind: "same", text: a[i] as string });
      i += 1;
      j += 1;
    } else if (j >= b.length || (i < a.length && at(i + 1, j) >= at(i, j + 1))) pieces.push({ kind: "removed", text: a[i++] as string });
    else pieces.push({ kind: "added", text: b[j++] as string });
  }
  return pieces;
}

export interface FieldChange {
  field: string;
  before: JsonValue | undefined;
  after: JsonValue | undefined;
}

const HIDDEN = new Set(["id", "rank"]);

/** The fields that an entry is about; for a new or deleted object those that hold something. */
export function changesOf(entry: Pick<HistoryEntry, "before" | "after">): FieldChange[] {
  const before = asObject(entry.before);
  const after = asObject(entry.after);
  const whole = before === null || after === null;
  const names = [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])];
  return names
    .filter((field) => !whole || (!HIDDEN.has(field) && !(isVoid(before?.[field]) && isVoid(after?.[field]))))
    .map((field) => ({ field, before: before?.[field], after: after?.[field] }));
}

function asObject(value: JsonValue | null): Record<string, JsonValue> | null {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? value : null;
}

/** Whether a value says nothing: empty text, list or range. */
export function isVoid(value: JsonValue | undefined): boolean {
  if (value === undefined || value === null || value === "" || value === false) return true;
  if (Array.isArray(value)) return value.length === 0;
  if (typeof value === "object") return Object.values(value).every((each) => each === 0 || isVoid(each));
  return false;
}

export function sameValue(a: JsonValue | undefined, b: JsonValue | undefined): boolean {
  if (a === b) return true;
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return (a ?? null) === (b ?? null);
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const keys = new Set([...Object.keys(a), ...Object.keys(b)]);
  return [...keys].every((key) => sameValue((a as Record<string, JsonValue>)[key], (b as Record<string, JsonValue>)[key]));
}

/** Changes of the same step that only took a deleted object out of other objects' fields. */
export function cleanedLinks(entries: readonly HistoryEntry[], deleted: HistoryEntry): HistoryEntry[] {
  return entries.filter((entry) => entry.step === deleted.step && entry.change === "updated" && JSON.stringify(entry.before).includes(deleted.id));
}

/** The first moment of a day where the window runs; null for no day. */
export function dayStart(day: string): string | null {
  return day === "" ? null : new Date(`${day}T00:00:00`).toISOString();
}

/** The first moment after a day; null for no day. */
export function dayEnd(day: string): string | null {
  if (day === "") return null;
  const next = new Date(`${day}T00:00:00`);
  next.setDate(next.getDate() + 1);
  return next.toISOString();
}
