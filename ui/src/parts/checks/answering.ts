/** Giving verdicts: through the core's rules, with what it refuses said in a line. */
import type { Answer, Id, Verdict } from "../../bindings/contract";
import { call } from "../../host";
import { text } from "../../i18n/text.svelte";
import { attempt } from "../../shared/attempt";
import { batch, flush, goObject, insert, toast, undoStep, type Call } from "../../state";
import { proposedOf, type CheckItem } from "./checks";

/** Gives a verdict. `not_assessed` opens the check again. Answers whether it was accepted. */
export async function confirm(item: CheckItem, verdict: Verdict, why: { reason?: string; override?: string } = {}): Promise<boolean> {
  await flush();
  return attempt(
    call("confirm", {
      pack: item.pack,
      check: item.id,
      verdict,
      reason: why.reason ?? "",
      override_reason: why.override ?? "",
      status: verdict === "not_assessed" ? "open" : "done",
    }),
  );
}

/** Takes the proposals as they are, all in one step, and offers to take the step back. */
export async function confirmAll(items: readonly CheckItem[]): Promise<void> {
  const calls = items.flatMap((item): Call[] => {
    const verdict = proposedOf(item);
    return verdict === null ? [] : [{ do: "confirm", pack: item.pack, check: item.id, verdict, reason: "", override_reason: "", status: "done" }];
  });
  if (calls.length === 0) return;
  await attempt(
    batch(calls).then(({ changes }) =>
      toast(text.checklist.confirmed(calls.length), { action: { label: text.shared.undo, run: () => undoStep(changes.step, text.checklist.notUndone) } }),
    ),
  );
}

/** The answer of a check; made when there is none yet, so that its fields can be edited. */
export async function answerOf(item: CheckItem): Promise<Answer> {
  return item.answer ?? (await insert("answers", { pack: item.pack, check: item.id }));
}

/** Makes the answer and puts the cursor into a field of it. */
export async function beginNote(item: CheckItem): Promise<void> {
  await attempt(answerOf(item).then((answer) => goObject("answers", answer.id, "note")));
}

/** Makes the check's candidate a finding and goes there. */
export async function makeFinding(candidate: string): Promise<void> {
  await flush();
  await attempt(call("accept", { candidate, reason: "" }).then((made) => goObject("findings", (made.object as { id: Id }).id, "title")));
}
