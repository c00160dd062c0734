/** Pictures of the engagement: the editor that any place can open, and the ways in by file, drop and paste. */
import type { AppError, Edits, Id, Image } from "../bindings/contract";
import { asAppError, call, on, pasteImage, pickOpen } from "../host";
import { text } from "../i18n/text.svelte";
import { flush, objects, session, toast, undo } from "../state";
import { attempt } from "../shared/attempt";
import { samePicture } from "../shared/samePicture";

/** An edit that the core refused, so that it is shown again and nothing is lost. */
interface Refused {
  edits: Edits;
  error: AppError;
}
let open = $state<Id | null>(null);
let refused = $state.raw<Refused | null>(null);
/** The edits under way; handed over when the window closes. */
let pending: (() => Promise<void>) | null = null;

/** The picture whose editor is open. */
export const pictureEditor = {
  get open(): Id | null {
    return open;
  },
  get refused(): Refused | null {
    return refused;
  },
};

/** Opens the editor of a picture over whatever is shown. */
export function openPictureEditor(image: Id): void {
  refused = null;
  open = image;
}

/** Closes the editor. What was done in it is kept by `keepEdits`. */
export function closePictureEditor(): void {
  open = null;
  refused = null;
  pending = null;
}

/** Says how the edits under way are handed over. */
export function handOver(how: (() => Promise<void>) | null): void {
  pending = how;
}

/** Does edits to a picture, as one step. When the core refuses them, the editor opens again with them and the reason. */
export async function keepEdits(image: Pick<Image, "id" | "name">, edits: Edits): Promise<void> {
  try {
    await flush();
    const { changes } = await call("edit_image", { id: image.id, edits });
    if (changes.step) toast(text.pictures.edited(image.name), { action: { label: text.shared.undo, run: undo } });
  } catch (thrown) {
    refused = { edits, error: asAppError(thrown) };
    open = image.id;
  }
}

const PICTURE = /\.(svg|png|jpe?g|gif|webp)$/i;

/** Files apart by whether they are pictures. */
export function sorted(paths: readonly string[]): { pictures: string[]; others: string[] } {
  return { pictures: paths.filter((path) => PICTURE.test(path)), others: paths.filter((path) => !PICTURE.test(path)) };
}

/** Keeps picture files; answers those that were kept. What is refused is told in a line. */
export async function addPictures(paths: readonly string[]): Promise<Image[]> {
  const added: Image[] = [];
  for (const path of paths) await attempt(call("add_image", { path }).then(({ image }) => added.push(image)));
  return added;
}

/** Asks for a picture and keeps it. */
export async function pickPicture(): Promise<Image | undefined> {
  return (await addPictures((await pickOpen("image")) ?? []))[0];
}

/** Keeps the pictures that were pasted or dropped as contents, not as paths. Those that are there already are told of. */
export async function addContents(files: Iterable<File>): Promise<Image[]> {
  const added: Image[] = [];
  const keep = async (file: File, name: string): Promise<void> => {
    const bytes = new Uint8Array(await file.arrayBuffer());
    const same = await samePicture(bytes, [...objects("images"), ...added]);
    if (same) toast(text.pictures.there(same.name), { action: { label: text.shared.open, run: () => openPictureEditor(same.id) } });
    else added.push((await pasteImage(name, bytes)).image);
  };
  if (session.readOnly) return added;
  for (const file of files) {
    if (!file.type.startsWith("image/")) continue;
    const name = file.name.replace(/\.[^.]*$/, "") || text.pictures.pastedName;
    await attempt(keep(file, name));
  }
  return added;
}

/** Hands the edits over when the window closes or is hidden; the answer stops it. */
export function followPictures(): () => void {
  const now = (): void => void pending?.();
  const hidden = (): void => {
    if (document.visibilityState === "hidden") now();
  };
  const stops = [on("closing", now), on("opened", closePictureEditor)];
  window.addEventListener("beforeunload", now);
  document.addEventListener("visibilitychange", hidden);
  return () => {
    stops.forEach((stop) => stop());
    window.removeEventListener("beforeunload", now);
    document.removeEventListener("visibilitychange", hidden);
  };
}
