/**
 * What is being typed, on the page at once: the core lays the part out that holds it, ahead of the whole. Nothing is
 * kept of it; what is kept is sent by `objects`.
 */
import type { Id, Kind } from "../bindings/contract";
import { call } from "../host";
import type { Fields } from "./drafts";

let next: { kind: Kind; id: Id; fields: Fields } | null = null;
let asking = false;

async function send(): Promise<void> {
  asking = true;
  while (next) {
    const draft = next;
    next = null;
    // A core that shows no page does without: the whole follows once it is kept.
    await call("draft", draft).catch(() => undefined);
  }
  asking = false;
}

/** Shows the fields of an object as they are now. Letters that come while one is on its way go together. */
export function showTyping(kind: Kind, id: Id, fields: Fields): void {
  next = { kind, id, fields: { ...fields } };
  if (!asking) void send();
}
