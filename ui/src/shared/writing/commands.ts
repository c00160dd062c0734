/** The editor's keys for the sheet of shortcuts. They work in the text itself, so nothing here is run from elsewhere. */
import { registerCommands, type Command } from "../../commands";
import { text } from "../../i18n/text.svelte";
import { ACT_KEYS, type Act } from "../markdown";

const MORE = { nextCell: "Tab", cellBelow: "Enter", complete: "[[", correct: "Mod+.", plainPaste: "Mod+Shift+V", toolbar: "Alt+F10" } as const;

const written = (key: string): string => key.split("-").map((part) => (part.length === 1 ? part.toUpperCase() : part)).join("+");

function writingCommands(): Command[] {
  const key = (id: keyof typeof MORE | Act, shortcut: string): Command => ({ id: `writing.${id}`, title: () => text.writing[id], group: "writing", shortcut, run: () => undefined, enabled: () => false });
  return [...(Object.keys(ACT_KEYS) as Act[]).map((id) => key(id, written(ACT_KEYS[id]))), ...(Object.keys(MORE) as (keyof typeof MORE)[]).map((id) => key(id, MORE[id]))];
}

let told = false;

/** Once there was an editor, the sheet tells of its keys. */
export function tellWritingKeys(): void {
  if (!told) registerCommands(writingCommands());
  told = true;
}
