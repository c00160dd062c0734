/** Importing tool outputs: by picker, folder or drop, one import at a time, with what became of each file. */
import type { AppError, FileReport, Mapping } from "../bindings/contract";
import { asAppError, call, on, pickOpen } from "../host";
import { text } from "../i18n/text.svelte";
import { flush, goObject, goPage, navigation, session, toast } from "../state";
import { addPictures, sorted } from "./pictures.svelte";

let running = $state(false);
let files = $state.raw<FileReport[] | null>(null);
let proposals = $state(0);
let error = $state.raw<AppError | null>(null);

/** The import under way, and the last one. */
export const imports = {
  get running(): boolean {
    return running;
  },
  /** What became of each file of the last import; null before the first, and when the list was closed. */
  get files(): FileReport[] | null {
    return files;
  },
  /** Checks whose proposal it renewed. */
  get proposals(): number {
    return proposals;
  },
  /** Why it stopped. */
  get error(): AppError | null {
    return error;
  },
};

/** Closes the list of the last import. */
export function forgetImport(): void {
  files = null;
  error = null;
  proposals = 0;
}

/** Imports files and folders; `as` names the format where the content does not say it. */
export async function importPaths(paths: readonly string[], as: string | null = null): Promise<void> {
  if (running || session.readOnly || paths.length === 0) return;
  running = true;
  error = null;
  await flush();
  try {
    const reply = await call("import", { paths: [...paths], as });
    files = as === null ? reply.files : inPlace(reply.files);
    proposals = reply.proposals;
  } catch (thrown) {
    error = asAppError(thrown);
  } finally {
    running = false;
  }
}

/** A file that is read again in another way takes its place in the list. */
function inPlace(read: FileReport[]): FileReport[] {
  const again = files?.some((each) => read.some((other) => other.path === each.path)) ?? false;
  return again && files ? files.map((each) => read.find((other) => other.path === each.path) ?? each) : read;
}

/** Imports tables by a mapping of their columns, which is remembered. Rejects where none of them could be read. */
export async function importByMapping(paths: readonly string[], mapping: Mapping): Promise<void> {
  if (running || session.readOnly || paths.length === 0) return;
  running = true;
  error = null;
  await flush();
  try {
    const reply = await call("import", { paths: [...paths], as: null, mapping });
    const refused = reply.files.find((file) => file.outcome !== "imported");
    if (refused && reply.files.every((file) => file.outcome !== "imported")) throw { code: "refused", message: refused.reason, hint: refused.remedy, field: null } satisfies AppError;
    files = inPlace(reply.files);
    proposals = reply.proposals;
  } finally {
    running = false;
  }
}

/** Reads a checkout that is asked for; what it tells is an artifact like any other. */
export async function pickAndProbe(): Promise<void> {
  const folder = (await pickOpen("folder"))?.[0];
  if (folder === undefined || running || session.readOnly) return;
  running = true;
  error = null;
  await flush();
  try {
    const reply = await call("probe_code", { folder, subject: "" });
    files = reply.report ? [reply.report] : [];
    toast(text.evidence.probed(reply.measurements, reply.issues, reply.technologies));
  } catch (thrown) {
    error = asAppError(thrown);
  } finally {
    running = false;
  }
}

/** Writes the probe kit for the open checks into a folder that is asked for. */
export async function pickAndWriteKit(): Promise<void> {
  const folder = (await pickOpen("folder"))?.[0];
  if (folder === undefined) return;
  error = null;
  await flush();
  try {
    const reply = await call("write_kit", { folder, all: false });
    toast(text.evidence.kitWritten(reply.probes.length, reply.answers, reply.unanswered.length));
  } catch (thrown) {
    error = asAppError(thrown);
  }
}

/** Asks for files or a folder and imports them. */
export async function pickAndImport(what: "files" | "folder"): Promise<void> {
  const paths = await pickOpen(what);
  if (paths) await importPaths(paths);
}

/** Stops the import; nothing of it is kept. */
export function cancelImport(): void {
  void call("cancel", {});
}

let takers: ((paths: string[]) => void)[] = [];

/** The page or sheet that is shown last reads what is dropped by itself, pictures left out; the answer stops it. */
export function takeDropped(take: (paths: string[]) => void): () => void {
  takers = [...takers, take];
  return () => void (takers = takers.filter((each) => each !== take));
}

/** Imports what is dropped anywhere in the window and keeps pictures as such; the answer stops it. */
export function followImports(): () => void {
  const stops = [
    on("dropped", ({ paths }) => {
      if (!session.open) return;
      const { pictures, others } = sorted(paths);
      const taker = takers.at(-1);
      if (pictures.length > 0 && !session.readOnly) void addPictures(pictures).then((added) => added[0] && goObject("images", added[0].id));
      else if (taker && others.length > 0) return taker(others);
      else if (navigation.route.page !== "evidence") goPage("evidence");
      void importPaths(others);
    }),
    on("opened", forgetImport),
  ];
  return () => stops.forEach((stop) => stop());
}
