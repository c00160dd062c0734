/**
 * The engagement's objects as the window shows them: loaded by kind when first read, refreshed
 * where the core says that something changed, with what is being typed laid over.
 */
import { SvelteMap } from "svelte/reactivity";
import type { AppError, Change, Changes, Engagement, Id, Intake, Kind, Objects } from "../bindings/contract";
import { asAppError, get, insert as hostInsert, list, on, update } from "../host";
import { accepted, edit, fieldKey, isEmpty, objectKey, overlay, refused, unsent, type Draft, type Fields } from "./drafts";
import { PAGE_OF_KIND } from "./route";
import { livePage } from "./layout.svelte";
import { showTyping } from "./typing";

/** How long typing is gathered before it is sent: the page shows it before that. What is typed in one go is one step of the engagement's undo, however often it is sent. */
export const TYPING_MS = 400;
/** Steady typing is sent after so long all the same: within a second it is kept. */
const STEADY_MS = 800;
/** Over this many changed objects of a kind, the kind is listed anew instead of object by object. */
const FEW = 6;

class Cell {
  items = $state.raw<{ id: Id }[]>([]);
  loaded = $state(false);
  error = $state.raw<AppError | null>(null);
  asked = false;
  generation = 0;
}

// Made before anything reads them: a derived value does not follow state that was made inside it.
const cells = new Map<Kind, Cell>((Object.keys(PAGE_OF_KIND) as Kind[]).map((kind) => [kind, new Cell()]));
const drafts = new Map<string, Draft>();
const timers = new Map<string, { timer: ReturnType<typeof setTimeout>; since: number }>();
const sending = new Map<string, Promise<void>>();
const errors = new SvelteMap<string, AppError>();
const ownSteps = new Set<string>();
let pending = $state(0);
let closed = false;

function cell(kind: Kind): Cell {
  const known = cells.get(kind);
  if (!known) throw new Error(`no kind ${kind}`);
  return known;
}

function laid<T extends { id: Id }>(kind: Kind, object: T): T {
  return overlay(object, drafts.get(objectKey(kind, object.id)));
}

async function load(kind: Kind): Promise<void> {
  const target = cell(kind);
  if (closed) return;
  const generation = ++target.generation;
  try {
    const items = (await list(kind)) as { id: Id }[];
    if (generation !== target.generation) return;
    target.items = items.map((item) => laid(kind, item));
    target.error = null;
    target.loaded = true;
  } catch (thrown) {
    if (generation === target.generation) target.error = asAppError(thrown);
  }
}

function want(kind: Kind): Cell {
  const target = cell(kind);
  if (!target.asked) {
    target.asked = true;
    // Not at once: reading may happen inside a derived value, where nothing may be written.
    queueMicrotask(() => void load(kind));
  }
  return target;
}

/** All objects of a kind in display order; empty while they load. Reactive, loaded on first use. */
export function objects<K extends Kind>(kind: K): Objects[K][] {
  return want(kind).items as unknown as Objects[K][];
}

/** Whether a kind has been loaded (tells "none" from "not yet"). */
export function isLoaded(kind: Kind): boolean {
  return want(kind).loaded;
}

/** Why a kind could not be loaded. */
export function loadError(kind: Kind): AppError | null {
  return want(kind).error;
}

/** One object, or undefined while it loads or when it is gone. */
export function object<K extends Kind>(kind: K, id: Id | null | undefined): Objects[K] | undefined {
  const items = objects(kind);
  if (id === null || id === undefined) return undefined;
  return items.find((item) => item.id === id);
}

/** The engagement itself. */
export function engagement(): Engagement | undefined {
  return objects("engagement")[0];
}

/** The intake. */
export function intake(): Intake | undefined {
  return objects("intake")[0];
}

/** What the core said against the last value of a field; null when it was accepted. */
export function fieldError(kind: Kind, id: Id, field: string): AppError | null {
  return errors.get(fieldKey(kind, id, field)) ?? null;
}

/** Whether everything typed has reached the file. */
export function saveState(): "saved" | "saving" | "refused" {
  if (errors.size > 0) return "refused";
  return pending > 0 ? "saving" : "saved";
}

function replace(kind: Kind, object: { id: Id }): void {
  const target = cell(kind);
  const next = laid(kind, object);
  const at = target.items.findIndex((item) => item.id === object.id);
  if (at >= 0) target.items = target.items.with(at, next);
}

function count(): void {
  let open = sending.size;
  for (const [key, draft] of drafts) {
    if (!sending.has(key) && Object.keys(unsent(draft).fields).length > 0) open += 1;
  }
  pending = open;
}

/**
 * Changes fields of an object. The window shows the new value at once; it is sent after
 * `TYPING_MS` without an edit (`now`: at once). Never rejects: see `fieldError`.
 */
export function save<K extends Kind>(kind: K, id: Id, fields: Partial<Objects[K]>, how: { now?: boolean } = {}): Promise<void> {
  const key = objectKey(kind, id);
  let draft = drafts.get(key);
  if (!draft) {
    draft = { kind, id, fields: {}, versions: {}, refused: new Set() };
    drafts.set(key, draft);
  }
  edit(draft, fields as Fields);
  for (const field of Object.keys(fields)) errors.delete(fieldKey(kind, id, field));
  const shown = cells.get(kind)?.items.find((item) => item.id === id);
  if (shown) replace(kind, shown);
  count();
  if (livePage.layout) showTyping(kind, id, draft.fields);
  if (how.now) return flushObject(key);
  const running = timers.get(key);
  const since = running?.since ?? Date.now();
  if (running) clearTimeout(running.timer);
  const wait = Math.max(0, Math.min(TYPING_MS, since + STEADY_MS - Date.now()));
  timers.set(key, { since, timer: setTimeout(() => void flushObject(key), wait) });
  return Promise.resolve();
}

async function flushObject(key: string): Promise<void> {
  const running = timers.get(key);
  if (running) clearTimeout(running.timer);
  timers.delete(key);
  const before = sending.get(key);
  if (before) {
    await before;
    if (timers.has(key)) return;
    return flushObject(key);
  }
  const draft = drafts.get(key);
  if (!draft) return;
  const { fields, versions } = unsent(draft);
  if (Object.keys(fields).length === 0) return;
  const work = send(draft, fields, versions).finally(() => {
    sending.delete(key);
    if (isEmpty(draft)) drafts.delete(key);
    count();
  });
  sending.set(key, work);
  count();
  await work;
  if (drafts.has(key) && Object.keys(unsent(draft).fields).length > 0 && !timers.has(key)) await flushObject(key);
}

async function send(draft: Draft, fields: Fields, versions: Record<string, number>): Promise<void> {
  const { kind, id } = draft;
  try {
    const answer = await update(kind, id, fields as Partial<Objects[typeof kind]>);
    if (answer.changes.step) ownSteps.add(answer.changes.step);
    accepted(draft, versions);
    cell(kind).generation += 1;
    if (answer.object) replace(kind, answer.object as unknown as { id: Id });
    const elsewhere = answer.changes.changed.filter((change) => change.kind !== kind || change.id !== id);
    if (elsewhere.length > 0 || "rank" in fields) await refresh(elsewhere.concat("rank" in fields ? answer.changes.changed : []), true);
  } catch (thrown) {
    const error = asAppError(thrown);
    for (const field of refused(draft, versions, error)) errors.set(fieldKey(kind, id, field), error);
  }
}

/** Sends everything that is still gathered; resolves when the core has answered. */
export async function flush(): Promise<void> {
  await Promise.all([...new Set([...drafts.keys(), ...sending.keys()])].map((key) => flushObject(key)));
}

/** Drops what was refused for a field and shows the core's value again. */
export async function discard(kind: Kind, id: Id, field: string): Promise<void> {
  const draft = drafts.get(objectKey(kind, id));
  if (draft) accepted(draft, { [field]: draft.versions[field] ?? 0 });
  errors.delete(fieldKey(kind, id, field));
  replace(kind, (await get(kind, id)) as { id: Id });
}

/** Adds an object and answers it. */
export async function insert<K extends Kind>(kind: K, fields: Partial<Objects[K]> = {}): Promise<Objects[K]> {
  const answer = await hostInsert(kind, fields);
  if (answer.changes.step) ownSteps.add(answer.changes.step);
  await refresh(answer.changes.changed, true);
  return answer.object as unknown as Objects[K];
}

async function refresh(changes: Change[], own = false): Promise<void> {
  const byKind = new Map<Kind, Change[]>();
  for (const change of changes) byKind.set(change.kind, [...(byKind.get(change.kind) ?? []), change]);
  await Promise.all(
    [...byKind].map(async ([kind, some]) => {
      const target = cells.get(kind);
      if (!target?.asked) return;
      const light = some.every((change) => change.change === "updated" && !change.fields.includes("rank") && !change.fields.includes("number"));
      if (!light || some.length > FEW || (!own && !target.loaded)) return load(kind);
      const generation = target.generation;
      try {
        for (const fresh of await Promise.all(some.map((change) => get(kind, change.id)))) {
          if (generation === target.generation) replace(kind, fresh as { id: Id });
        }
        if (generation !== target.generation) await load(kind);
      } catch {
        await load(kind);
      }
    }),
  );
}

let waiting: Changes[] = [];
let waitingTimer: ReturnType<typeof setTimeout> | null = null;

/** Changes of other windows, imports, undo: gathered for a moment, own steps left out. */
async function digest(): Promise<void> {
  waitingTimer = null;
  // An own step may be told before its answer is here; its answer brings the object already.
  await Promise.all([...sending.values()]);
  const foreign = waiting.filter((changes) => changes.step === null || !ownSteps.delete(changes.step));
  waiting = [];
  await refresh(foreign.flatMap((changes) => changes.changed));
}

function onChanged(changes: Changes): void {
  waiting.push(changes);
  waitingTimer ??= setTimeout(() => void digest(), 25);
}

/** Forgets everything: another engagement was opened (then what is in use is loaded anew), or none. */
export function forget(open = true): void {
  closed = !open;
  for (const { timer } of timers.values()) clearTimeout(timer);
  timers.clear();
  drafts.clear();
  errors.clear();
  waiting = [];
  for (const [kind, target] of cells) {
    target.generation += 1;
    target.items = [];
    target.loaded = false;
    target.error = null;
    if (target.asked && open) void load(kind);
  }
  count();
}

/** Starts following the core; the answer stops it. */
export function followObjects(): () => void {
  const stop = on("changed", ({ changes }) => onChanged(changes));
  const flushNow = (): void => void flush();
  const hidden = (): void => {
    if (document.visibilityState === "hidden") flushNow();
  };
  window.addEventListener("beforeunload", flushNow);
  document.addEventListener("visibilitychange", hidden);
  return () => {
    stop();
    window.removeEventListener("beforeunload", flushNow);
    document.removeEventListener("visibilitychange", hidden);
  };
}
