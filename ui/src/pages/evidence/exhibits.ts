/** Exhibits: taken from files or artifacts. */
import type { Exhibit, ExhibitKind, Id } from "../../bindings/contract";
import { call } from "../../host";
import { text } from "../../i18n/text.svelte";
import { attempt } from "../../shared/attempt";
import { goObject, toast } from "../../state";

/** How a text can be printed, in the order in which it is offered. */
export const EXHIBIT_KINDS: readonly ExhibitKind[] = ["text", "code", "plan", "trace"];

/** Keeps files as exhibits; answers those that were kept. What is refused is told in a line. */
export async function addExhibits(paths: readonly string[]): Promise<Exhibit[]> {
  const added: Exhibit[] = [];
  for (const path of paths) await attempt(call("add_exhibit", { path, title: "", range: "" }).then(({ exhibit }) => added.push(exhibit)));
  return added;
}

/** Keeps what was imported as an exhibit, and leads there. */
export async function exhibitFrom(artifact: Id): Promise<void> {
  await attempt(
    call("add_exhibit", { artifact, title: "", range: "" }).then(({ exhibit }) => {
      toast(text.exhibits.added, { action: { label: text.shared.open, run: () => goObject("exhibits", exhibit.id) } });
    }),
  );
}
