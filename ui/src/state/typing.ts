/**
 * What is being typed, on the page at once: the core lays the part out that holds it, ahead of the whole. Nothing is
 * kept of it; what is kept is sent by `objects`.
 */
import type { Id, Kind } from "../bindings/contract";
import { call } from "../host";
import type { Fields } from "./drafts";

/** So long without a letter is a pause: people who write leave some 200 ms between letters. */
const PAUSE_MS = 500;
/** What follows from changes is asked after so long even where nobody pauses. */
const AT_MOST_MS = 10_000;

let typed = Number.NEGATIVE_INFINITY;
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
  typed = performance.now();
  next = { kind, id, fields: { ...fields } };
  if (!asking) void send();
}

/**
 * Runs something `after` so many milliseconds, once nobody is typing: the core answers one question after the other, and
 * no letter waits for what can be told in a pause. `since` is when it was first wanted. The answer takes it back.
 */
export function inPause(run: () => void, after: number, since: number = performance.now()): () => void {
  let timer = setTimeout(look, after);
  function look(): void {
    const left = Math.min(typed + PAUSE_MS, since + AT_MOST_MS) - performance.now();
    if (left <= 0) run();
    else timer = setTimeout(look, left);
  }
  return () => clearTimeout(timer);
}
