/** Deciding on candidates, one or many, with a way back that takes exactly these decisions back. */
import type { Changes, Id } from "../../bindings/contract";
import { asAppError, call } from "../../host";
import { text } from "../../i18n/text.svelte";
import { labelOf } from "../../shared/labels";
import { flush, goObject, object, toast } from "../../state";

/** Whether a step made a decision on one of the candidates. */
const decided = (changes: Changes): Id[] => changes.changed.filter((change) => change.kind === "decisions").map((change) => change.id);

/** Takes back as many steps as were made, as long as they are these. */
async function takeBack(decisions: readonly Id[]): Promise<void> {
  await flush();
  for (const id of [...decisions].reverse()) {
    const changes = await call("undo", {});
    if (decided(changes).includes(id)) continue;
    // Another step came between: it is done again.
    await call("redo", {});
    toast(text.evidence.notUndone);
    return;
  }
}

async function each(keys: readonly string[], decide: (key: string) => Promise<{ changes: Changes; object: unknown }>, said: (n: number) => string): Promise<{ done: string[]; made: Id[] }> {
  await flush();
  const done: string[] = [];
  const made: Id[] = [];
  const decisions: Id[] = [];
  for (const key of keys) {
    try {
      const answer = await decide(key);
      done.push(key);
      made.push((answer.object as { id: Id }).id);
      decisions.push(...decided(answer.changes));
    } catch (thrown) {
      const error = asAppError(thrown);
      toast([error.message, error.hint].filter(Boolean).join(" "), { tone: "error" });
      break;
    }
  }
  const [only] = made;
  if (done.length > 0) toast(said(done.length), { action: { label: text.shared.undo, run: () => takeBack(decisions) } });
  return { done, made: only === undefined ? [] : made };
}

/** Makes each candidate a finding. */
export const acceptAll = (keys: readonly string[]): Promise<{ done: string[]; made: Id[] }> =>
  each(keys, (candidate) => call("accept", { candidate, reason: "" }), (n) => text.evidence.accepted(n));

/** Adds the candidates to a finding, with their evidence. */
export function mergeAll(keys: readonly string[], finding: Id): Promise<{ done: string[]; made: Id[] }> {
  const into = object("findings", finding);
  return each(keys, (candidate) => call("accept", { candidate, finding, reason: "" }), (n) => text.evidence.merged(n, into ? labelOf("findings", into) : ""));
}

/** Dismisses the candidates with one reason. */
export const dismissAll = (keys: readonly string[], reason: string): Promise<{ done: string[]; made: Id[] }> =>
  each(keys, (candidate) => call("dismiss", { candidate, reason }), (n) => text.evidence.dismissed(n));

/** Makes a candidate a finding and goes there to finish it. */
export async function acceptAndOpen(key: string): Promise<void> {
  const { made } = await acceptAll([key]);
  if (made[0]) goObject("findings", made[0], "title");
}
