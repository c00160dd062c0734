/** Which table is being mapped, and what comes of it. */
import type { Id, Mapping } from "../../bindings/contract";
import { call, pickOpen } from "../../host";
import { text } from "../../i18n/text.svelte";
import { importByMapping } from "../../parts/imports.svelte";
import { flush, goObject, navigation, toast, undoStep } from "../../state";

/** A file, an artifact, or a mapping that is remembered. */
export type Mapped = { path: string } | { artifact: Id } | { remembered: Id };

let open = $state.raw<Mapped | null>(null);

/** The table that is being mapped; null when none is. */
export const mapper = {
  get open(): Mapped | null {
    return open;
  },
};

export function mapTable(which: Mapped): void {
  open = which;
}

export function closeMapper(): void {
  open = null;
}

/** Asks for a file and maps it, whichever format would take it. */
export async function pickAndMap(): Promise<void> {
  const path = (await pickOpen("files"))?.[0];
  if (path !== undefined) mapTable({ path });
}

/** Reads files by a mapping that is then remembered, or artifacts again; rejects where the core refuses. */
export async function takeMapping(which: Mapped, mapping: Mapping, paths: readonly string[]): Promise<void> {
  if ("path" in which) return importByMapping(paths, mapping);
  await flush();
  const before = "artifact" in which ? which.artifact : null;
  const reply = await call("remap", { mapping, artifact: before });
  const read = reply.files.filter((file) => file.outcome === "imported");
  const refused = reply.files.length - read.length;
  const parts = [text.tables.remembered(reply.mapping.name), text.tables.readAgain(read.length)];
  if (refused > 0) parts.push(text.tables.notReadAgain(refused));
  if (reply.unlinked > 0) parts.push(text.tables.unlinked(reply.unlinked));
  const { step } = reply.changes;
  toast(parts.filter(Boolean).join(" "), step ? { action: { label: text.shared.undo, run: () => undoStep(step, text.evidence.notUndone) } } : {});
  // The artifact that was open has another in its place.
  const now = reply.files.find((file) => file.artifact !== null && file.artifact !== undefined)?.artifact;
  if (before !== null && navigation.route.id === before && now) goObject("artifacts", now);
}
