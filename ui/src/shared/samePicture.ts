/** Whether a picture that is pasted is one that the engagement has: it need not be kept twice. */
import type { Image } from "../bindings/contract";

type Known = Pick<Image, "original" | "edits">;

/** Whether all of a picture is printed, with nothing drawn on it. */
const untouched = ({ edits }: Known): boolean => edits.crop === null && edits.marks.length === 0 && edits.longest === null;

/** The image that was made of these very bytes. One that was edited since shows something else. */
export async function samePicture<T extends Known>(bytes: Uint8Array<ArrayBuffer>, images: readonly T[]): Promise<T | undefined> {
  const candidates = images.filter((image) => image.original !== null && untouched(image));
  // Hashing is offered only where a page came safely.
  if (candidates.length === 0 || !globalThis.crypto?.subtle) return undefined;
  const hash = [...new Uint8Array(await crypto.subtle.digest("SHA-256", bytes))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return candidates.find(({ original }) => original === hash);
}
