/** Choosing what tools' words for severity mean. */
import type { ToolTable, WordChange } from "../../bindings/contract";
import { call } from "../../host";
import { text } from "../../i18n/text.svelte";
import { flush, toast, undoStep } from "../../state";

/** The tools that are listed: those with evidence here or something chosen, or all; narrowed by a part of name, format or word. */
export function shownOf(tools: readonly ToolTable[], all: boolean, sought: string): ToolTable[] {
  const wanted = sought.trim().toLowerCase();
  const told = (tool: ToolTable): string => [tool.tool, ...tool.formats, ...tool.words.map((row) => row.word)].join("\n").toLowerCase();
  // Who looks for a tool by its name means it whether something of it is here or not.
  return tools.filter((tool) => (wanted ? told(tool).includes(wanted) : all || tool.artifacts > 0 || tool.table !== null));
}

/** What a word is called; nothing has a name of its own. */
export const wordName = (word: string, none: string): string => (word === "" ? none : word);

/** Gives words of a tool other meanings, or the built-in ones; rejects where the core refuses. */
export async function choose(tool: string, change: { words?: WordChange[]; reset?: boolean }): Promise<void> {
  await flush();
  const reply = await call("set_severities", { tool, words: change.words ?? [], reset: change.reset ?? false });
  if (!reply.changes) return;
  const read = reply.files.filter((file) => file.outcome === "imported").length;
  const refused = reply.files.length - read;
  const parts = [text.severities.changed(tool), text.tables.readAgain(read)];
  if (refused > 0) parts.push(text.tables.notReadAgain(refused));
  if (reply.unlinked > 0) parts.push(text.tables.unlinked(reply.unlinked));
  const { step } = reply.changes;
  toast(parts.filter(Boolean).join(" "), step ? { action: { label: text.shared.undo, run: () => undoStep(step, text.evidence.notUndone) } } : {});
}
