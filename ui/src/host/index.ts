import type { AppError, Changes, Id, JsonValue, Kind, Objects } from "../bindings/contract";
import { promptLink } from "./prompt.svelte";
import { tauri } from "./tauri";
import { twin } from "./twin";
import { asAppError, sentences, type Answer, type Ask, type Host, type HostEvent, type HostEventName, type HostEventOf, type PickOpen, type PickSave, type Words } from "./types";
import type { Changed } from "../bindings/contract";

export * from "./types";

let host: Host = "__TAURI_INTERNALS__" in globalThis ? tauri : twin;
const listeners = new Map<HostEventName, Set<(event: HostEvent) => void>>();
let stopListening: (() => void) | null = null;

/** Puts another host in place; for unit tests (`host/fake.ts`). */
export function useHost(other: Host): void {
  stopListening?.();
  stopListening = null;
  told.clear();
  host = other;
  if (listeners.size > 0) startListening();
}

/** Which surrounding the window runs in. */
export function hostName(): Host["name"] {
  return host.name;
}

let inWords: (error: AppError) => AppError = (error) => error;

/** Says how a refusal is put into words before anyone hears of it. */
export function sayRefusals(how: (error: AppError) => AppError): void {
  inWords = how;
}

async function refusing<T>(answer: Promise<T>): Promise<T> {
  try {
    return await answer;
  } catch (thrown) {
    throw inWords(asAppError(thrown));
  }
}

/** An error that came in an answer, as the window says it: what happened, and what can be done about it. */
export const said = (error: AppError): string => sentences(inWords(error));

/** Asks the core. Rejects with `AppError`. What the answer says to have changed is told to the listeners at once. */
export async function call<W extends keyof Words>(word: W, ask: Ask<W>): Promise<Answer<W>> {
  return telling(await refusing(host.call(word, ask)));
}

/** Tells the listeners what an answer says to have changed. */
function telling<T>(answer: T): T {
  // History entries and layouts also hold steps: only what changes something says `changed`.
  const changes = changesOf(answer);
  if (changes?.step && changes.changed.length > 0) deliver({ event: "changed", changes });
  return answer;
}

/** The changes in the answer of a command that changes something. */
function changesOf(answer: unknown): Changes | null {
  if (typeof answer !== "object" || answer === null) return null;
  if ("changed" in answer && "step" in answer) return answer as Changes;
  return "changes" in answer ? (answer.changes as Changes | null) : null;
}

/** All objects of a kind, in display order. */
export async function list<K extends Kind>(kind: K): Promise<Objects[K][]> {
  return (await call("list", { kind })) as unknown as Objects[K][];
}

/** One object; `id` may be empty for the engagement and the intake. */
export async function get<K extends Kind>(kind: K, id: Id): Promise<Objects[K]> {
  return (await call("get", { kind, id })) as unknown as Objects[K];
}

/** Changes fields of an object. Prefer `save` of the state, which keeps what is typed. */
export function update<K extends Kind>(kind: K, id: Id, fields: Partial<Objects[K]>): Promise<Changed> {
  return call("update", { kind, id, fields: fields as Record<string, JsonValue> });
}

/** Adds an object; fields not given take their defaults. */
export function insert<K extends Kind>(kind: K, object: Partial<Objects[K]>): Promise<Changed> {
  return call("insert", { kind, object: object as Record<string, JsonValue> });
}

/** Removes an object. Prefer `remove` of the state, which offers to take it back. */
export function remove(kind: Kind, id: Id): Promise<Changed> {
  return call("delete", { kind, id });
}

/** Steps that were told already, by the answer or by the event, whichever came first. */
const told = new Set<string>();

function deliver(event: HostEvent): void {
  if (event.event === "changed" && event.changes.step !== null) {
    if (told.has(event.changes.step)) return;
    told.add(event.changes.step);
    if (told.size > 500) for (const step of [...told].slice(0, 250)) told.delete(step);
  }
  for (const listener of listeners.get(event.event) ?? []) listener(event);
}

function startListening(): void {
  stopListening ??= host.listen(deliver);
}

/** Listens to one event of the core; the answer stops it. */
export function on<N extends HostEventName>(event: N, listener: (event: HostEventOf<N>) => void): () => void {
  const set = listeners.get(event) ?? new Set();
  listeners.set(event, set);
  const any = listener as (event: HostEvent) => void;
  set.add(any);
  startListening();
  return () => void set.delete(any);
}

/** Address of a page's picture, or of some rows of its pixels; `scale` in pixels a point. */
export function pageUrl(hash: string, scale: number, rows: { from: number; to: number } | null): string {
  return host.pageUrl(`${hash}@${scale}${rows ? `+${rows.from}-${rows.to}` : ""}.png`);
}

/** Address of an image of the engagement. */
export function imageUrl(sha256: string): string {
  return host.imageUrl(sha256);
}

export function pickOpen(what: PickOpen): Promise<string[] | null> {
  return host.pickOpen(what);
}

export function pickSave(what: PickSave, suggestedName: string): Promise<string | null> {
  return host.pickSave(what, suggestedName);
}

export function openPageWindow(): Promise<void> {
  return host.openPageWindow();
}

/** Opens a web or mail address outside the window, after asking. Other schemes are not opened. */
export async function openLink(url: string): Promise<void> {
  let parsed: URL;
  try {
    parsed = new URL(url);
  } catch {
    return;
  }
  if (parsed.protocol !== "https:" && parsed.protocol !== "mailto:") return;
  // The desktop asks by itself: what this window says of having asked proves nothing.
  if (host.name === "tauri" || (await promptLink(parsed.href))) await host.openLink(parsed.href);
}

/** Keeps a pasted picture once, whatever is pasted again. Rejects with `AppError`. */
export async function pasteImage(name: string, bytes: Uint8Array): Promise<Answer<"add_image">> {
  return telling(await refusing(host.pasteImage(name, bytes)));
}

/** Closes the application. */
export function closeNow(): Promise<void> {
  return host.closeNow();
}
