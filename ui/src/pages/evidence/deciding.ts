/** Deciding on candidates, one or many in one step, with a way back that takes exactly this step back. */
import type { Id } from "../../bindings/contract";
import { asAppError } from "../../host";
import { text } from "../../i18n/text.svelte";
import { labelOf } from "../../shared/labels";
import { batch, goObject, object, toast, undoStep, type Call } from "../../state";

interface Decided {
  done: string[];
  made: Id[];
}

async function decide(keys: readonly string[], calls: readonly Call[], said: (n: number) => string): Promise<Decided> {
  try {
    const { answers, changes } = await batch(calls);
    toast(said(keys.length), { action: { label: text.shared.undo, run: () => undoStep(changes.step, text.evidence.notUndone) } });
    const [first] = answers as unknown as { object: { id: Id } }[];
    return { done: [...keys], made: first ? [first.object.id] : [] };
  } catch (thrown) {
    const error = asAppError(thrown);
    toast([error.message, error.hint].filter(Boolean).join(" "), { tone: "error" });
    return { done: [], made: [] };
  }
}

/** Makes each candidate a finding. */
export const acceptAll = (keys: readonly string[]): Promise<Decided> =>
  decide(
    keys,
    keys.map((candidate) => ({ do: "accept", candidate, reason: "" })),
    (n) => text.evidence.accepted(n),
  );

/** Adds the candidates to a finding, with their evidence. */
export function mergeAll(keys: readonly string[], finding: Id): Promise<Decided> {
  const into = object("findings", finding);
  return decide(
    keys,
    keys.map((candidate) => ({ do: "accept", candidate, finding, reason: "" })),
    (n) => text.evidence.merged(n, into ? labelOf("findings", into) : ""),
  );
}

/** Dismisses the candidates with one reason. */
export const dismissAll = (keys: readonly string[], reason: string): Promise<Decided> =>
  decide(
    keys,
    keys.map((candidate) => ({ do: "dismiss", candidate, reason })),
    (n) => text.evidence.dismissed(n),
  );

/** Makes a candidate a finding and goes there to finish it. */
export async function acceptAndOpen(key: string): Promise<void> {
  const { made } = await acceptAll([key]);
  if (made[0]) goObject("findings", made[0], "title");
}
