/** The own library as files: written for colleagues and other machines, and taken from them. */
import type { LibraryTaken } from "../../bindings/contract";
import { call, pickOpen, pickSave } from "../../host";
import { text } from "../../i18n/text.svelte";
import { attempt } from "../../shared/attempt";
import { toast } from "../../state";

/** Writes the own findings to a file that is asked for. */
export async function writeLibrary(): Promise<void> {
  const path = await pickSave("library", `${text.findings.libraryFileName}.toml`);
  if (!path) return;
  await attempt(call("export_library", { path }).then(({ findings }) => toast(text.findings.libraryWritten(findings, path))));
}

/** Takes the findings of a file that is asked for; answers what came in, null when nothing was asked or it was refused. */
export async function takeLibrary(): Promise<LibraryTaken | null> {
  const [path] = (await pickOpen("library")) ?? [];
  if (!path) return null;
  let taken: LibraryTaken | null = null;
  await attempt(call("import_library", { path }).then((found) => void (taken = found)));
  return taken;
}
