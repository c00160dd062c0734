/** Architectures read from files, begun blank, and written to files. */
import type { ArchitectureReply, Id } from "../../bindings/contract";
import { call, pickOpen, pickSave } from "../../host";
import { text } from "../../i18n/text.svelte";
import { attempt } from "../../shared/attempt";
import { engagement, go, insert, toast } from "../../state";
import type { Editor } from "./editor.svelte";
import { shown } from "./shown.svelte";

/** Shows an architecture. */
export function goArchitecture(id: Id): void {
  shown.architecture = id;
  go({ page: "architecture", kind: "architectures", id });
}

/** Reads models from files or folders, each a new architecture; with `into`, the first in place of that one's model. */
export async function readPaths(paths: readonly string[], into: Id | null = null): Promise<boolean> {
  let last: ArchitectureReply | undefined;
  const went = await attempt(
    (async () => {
      for (const path of into === null ? paths : paths.slice(0, 1)) last = await call("read_architecture", { path, architecture: into });
    })(),
  );
  if (!last) return went;
  const { architecture, remarks } = last;
  goArchitecture(architecture.id);
  const first = remarks[0];
  if (first) toast(text.architecture.readWith(architecture.name, remarks.length, first.line), { core: first.message });
  else toast(text.architecture.read(architecture.name));
  return went;
}

/** Asks for files or a folder and reads them. */
export async function pickAndRead(what: "files" | "folder", into: Id | null = null): Promise<void> {
  const paths = await pickOpen(what);
  if (paths && paths.length > 0) await readPaths(paths, into);
}

/** A word as the DSL quotes it. */
const quoted = (word: string): string => `"${word.replace(/\\/g, "\\\\").replace(/"/g, '\\"').replace(/\s+/g, " ").trim()}"`;

/** A model to begin with: the audited system, who uses it, and the two views that every audit has. */
export function blank(system: string, person: string, uses: string): string {
  const name = quoted(system);
  return [
    `workspace ${name} {`,
    "    model {",
    `        user = person ${quoted(person)}`,
    `        system = softwareSystem ${name}`,
    `        user -> system ${quoted(uses)}`,
    "    }",
    "    views {",
    '        systemContext system "context" {',
    "            include *",
    "        }",
    '        container system "containers" {',
    "            include *",
    "        }",
    "    }",
    "}",
    "",
  ].join("\n");
}

/** Begins an architecture with a system and a person. */
export async function begin(): Promise<void> {
  const words = text.architecture;
  await attempt(
    (async () => {
      const made = await insert("architectures", { name: words.asFound });
      await call("write_architecture", { architecture: made.id, text: blank(engagement()?.system || words.blankSystem, words.blankPerson, words.blankUses) });
      goArchitecture(made.id);
    })(),
  );
}

/** Writes the model or the view to a file that is asked for. */
export async function exportAs(editor: Editor, name: string, ending: "dsl" | "json" | "svg" | "png" | "pdf"): Promise<void> {
  const { view } = editor;
  const model = ending === "dsl" || ending === "json";
  const plain = (word: string): string => word.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, "-").replace(/^-|-$/g, "") || "architecture";
  const path = await pickSave("file", `${plain(name)}${model || !view ? "" : `-${plain(view.title)}`}.${ending}`);
  if (path === null) return;
  const { overlay, perspective } = shown;
  const went = await attempt(call("export_architecture", { architecture: editor.architecture, path, view: view?.key ?? "", overlay, perspective }));
  if (went) toast(text.architecture.exported(path));
}
