/** Acts on several objects. What they changed is told to the state by their answers. */
import type { BatchReply, Id, JsonValue, Kind, Objects } from "../bindings/contract";
import { call, remove as hostRemove, type Ask, type Words } from "../host";
import type { Fields } from "./drafts";
import { term } from "../i18n/text.svelte";
import { go } from "./navigation.svelte";
import { flush, insert } from "./objects.svelte";
import { routeTo } from "./route";
import { removedToast } from "./toasts.svelte";
import { catchTyping, dropTyping } from "./typeAhead";

/** Adds an object and goes to a field of it. What is typed until the field is there lands in it; `before` is waited for too. */
export async function insertAndGo<K extends Kind>(
  kind: K,
  fields: Partial<Objects[K]>,
  field: string | ((made: Objects[K]) => string | undefined),
  before?: (made: Objects[K]) => Promise<void>,
): Promise<void> {
  catchTyping(term("kind", kind));
  try {
    const made = await insert(kind, fields);
    await before?.(made);
    const first = typeof field === "string" ? field : field(made);
    if (first === undefined) dropTyping();
    go(routeTo(kind, made.id, first));
  } catch (thrown) {
    dropTyping();
    throw thrown;
  }
}

/** Removes objects at once and offers to take it back. `what` names them in the toast. */
export async function remove(kind: Kind, ids: Id[], what: string): Promise<void> {
  await flush();
  if (ids.length === 1) await hostRemove(kind, ids[0] as Id);
  else await call("delete_many", { kind, ids });
  removedToast(what);
}

/** Changes the same fields of several objects in one step. */
export async function updateMany<K extends Kind>(kind: K, ids: Id[], fields: Partial<Objects[K]>): Promise<void> {
  await flush();
  await call("update_many", { kind, ids, fields: fields as Fields });
}

/** Puts an object behind another of its kind; `after` null puts it first. */
export async function reorder(kind: Kind, id: Id, after: Id | null): Promise<void> {
  await call("reorder", { kind, id, after });
}

/** A command of a batch. */
export type Call = { [W in keyof Words]: { do: W } & Ask<W> }[keyof Words];

/** Runs several commands as one step: all of them, or none when one is refused. */
export async function batch(calls: readonly Call[]): Promise<BatchReply> {
  await flush();
  return call("batch", { calls: calls as unknown as JsonValue[] });
}

/** Adds several objects in one step; answers their ids. */
export async function insertMany<K extends Kind>(kind: K, objects: readonly Partial<Objects[K]>[]): Promise<Id[]> {
  const { answers } = await batch(objects.map((object) => ({ do: "insert", kind, object: object as Fields })));
  return answers.map((answer) => (answer as unknown as { object: { id: Id } }).object.id);
}
