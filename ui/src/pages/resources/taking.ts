/** Takes what was pasted into the engagement. */
import type { Kind, Objects, Role } from "../../bindings/contract";
import { fold } from "../../shared/fuzzy";
import { attempt } from "../../shared/attempt";
import { text } from "../../i18n/text.svelte";
import { insertMany, toast, undo } from "../../state";
import type { PastedPeople } from "./paste";

/** Adds objects in their order as one step; none of them when one is refused, and says why. */
export async function addAll<K extends Kind>(kind: K, lines: readonly Partial<Objects[K]>[]): Promise<boolean> {
  if (!(await attempt(insertMany(kind, lines)))) return false;
  toast(text.resources.taken(lines.length), { action: { label: text.shared.undo, run: undo } });
  return true;
}

/** Adds people, and before them the roles that are not there. */
export async function addPeople(pasted: PastedPeople, known: readonly Role[]): Promise<boolean> {
  const ids = new Map(known.map((role) => [fold(role.name), role.id]));
  if (pasted.roles.length > 0) {
    const added = insertMany("roles", pasted.roles.map((name) => ({ name }))).then((made) => made.forEach((id, at) => ids.set(fold(pasted.roles[at] ?? ""), id)));
    if (!(await attempt(added))) return false;
  }
  const lines = pasted.lines.flatMap(({ role, line }) => {
    const id = ids.get(fold(role));
    return id === undefined ? [] : [{ ...line, role: id }];
  });
  return addAll("resources", lines);
}
