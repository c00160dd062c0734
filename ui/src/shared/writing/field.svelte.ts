/** What the Markdown editor asks of the engagement: references, pictures, spelling. */
import type { Image } from "../../bindings/contract";
import { call, asAppError, imageUrl, pasteImage, pickOpen } from "../../host";
import { term, text } from "../../i18n/text.svelte";
import { engagement, objects, save, toast } from "../../state";
import { labelOf, numberOf } from "../labels";
import { samePicture } from "../samePicture";
import type { Figure, Reference } from "./complete";
import type { Picture } from "./widgets";

/** Everything that `[[` offers. The lists load with the editor, so that they are there by then. */
export function references(): Reference[] {
  return [
    ...(["findings", "risks", "initiatives"] as const).flatMap((kind) =>
      objects(kind).map((each) => ({ label: labelOf(kind, each), insert: numberOf(kind, each.number), detail: term("kind", kind) })),
    ),
    ...objects("images").map((image) => ({ label: image.caption || image.name, insert: `![](${targetOf(image.name)})`, detail: term("kind", "images") })),
    ...objects("artifacts").map((artifact) => ({ label: artifact.path, insert: `\`${artifact.name}\``, detail: term("kind", "artifacts") })),
  ];
}

/** What `{{` offers; nothing when the report cannot be reckoned now. */
export const figures = (): Promise<readonly Figure[]> => call("facts", {}).catch(() => []);

/** How prose calls an image. */
export function targetOf(name: string): string {
  return /[\s()<>]/.test(name) ? `<image:${name}>` : `image:${name}`;
}

/** Pictures that were kept a moment ago: shown before the list of images has them. */
const fresh = new Map<string, Image>();

function images(): Image[] {
  const known = objects("images");
  return [...known, ...[...fresh.values()].filter((image) => !known.some((each) => each.id === image.id))];
}

/** The picture behind a target, by name or by id, as the report finds it. */
export function picture(target: string): Picture | null {
  const name = target.replace(/^image(:|s\/)/, "");
  const found = images().find((image) => image.name === name || image.id === name);
  return found ? { src: imageUrl(found.sha256), caption: found.caption, alt: found.alt, width: found.width, height: found.height } : null;
}

/** A name that prose can call without brackets, and that no other image has. */
export function freeName(file: string, taken: readonly string[]): string {
  const stem = file
    .replace(/\.[a-z0-9]{1,5}$/i, "")
    .replaceAll("ß", "ss")
    .normalize("NFKD")
    .replace(/[\u0300-\u036f]/g, "")
    .replace(/[^a-z0-9]+/gi, "-")
    .replace(/^-+|-+$/g, "")
    .toLowerCase()
    .slice(0, 40);
  // Browsers call every pasted picture "image".
  const base = stem === "" || stem === "image" ? "picture" : stem;
  if (!taken.includes(base)) return base;
  for (let count = 2; ; count += 1) if (!taken.includes(`${base}-${count}`)) return `${base}-${count}`;
}

/** A picture of the engagement that was just put in; whether it wants words depends on whether it is new to it. */
export interface KeptPicture {
  id: string;
  name: string;
  isNew: boolean;
}

/** Keeps a pasted picture, or takes the one that was made of the same bytes; says why when it cannot be kept. */
export async function keepPicture(file: File): Promise<KeptPicture | null> {
  try {
    const bytes = new Uint8Array(await file.arrayBuffer());
    const same = await samePicture(bytes, objects("images"));
    if (same) return { id: same.id, name: same.name, isNew: false };
    const name = freeName(file.name, images().map((image) => image.name));
    const { image } = await pasteImage(name, bytes);
    fresh.set(image.id, image);
    return { id: image.id, name: image.name, isNew: true };
  } catch (thrown) {
    tell(thrown);
    return null;
  }
}

/** Asks for a picture's file and keeps it. */
export async function addPicture(): Promise<KeptPicture | null> {
  const [path] = (await pickOpen("image")) ?? [];
  if (!path) return null;
  try {
    const file = path.split(/[\\/]/).at(-1) ?? "";
    const { image } = await call("add_image", { path, name: freeName(file, images().map((each) => each.name)), caption: "", alt: "" });
    fresh.set(image.id, image);
    return { id: image.id, name: image.name, isNew: image.caption === "" && image.alt === "" };
  } catch (thrown) {
    tell(thrown);
    return null;
  }
}

function tell(thrown: unknown): void {
  const error = asAppError(thrown);
  toast([error.message, error.hint].filter(Boolean).join(" – "), { tone: "error" });
}

/** Words that are passed over in one field until the window is closed. */
const ignored = new Map<string, Set<string>>();

/** Spelling of one field, in the language of the report. */
export function fieldSpelling(address: () => string, changed: () => void) {
  const language = (): string => engagement()?.language ?? "";
  return {
    key: (): string => {
      const it = engagement();
      return it ? JSON.stringify([it.id, it.language, it.words, it.client, it.system, it.firm, it.primary_language, it.sponsor, it.auditors, it.distribution, it.reviewers, it.glossary]) : "";
    },
    check: (found: string) => call("spell", { text: found, language: language() }),
    suggest: (word: string) => call("suggest_spelling", { word, language: language() }),
    add: (word: string): void => {
      const it = engagement();
      if (it && !it.words.includes(word)) void save("engagement", it.id, { words: [...it.words, word].sort((a, b) => a.localeCompare(b)) }, { now: true });
    },
    ignore: (word: string): void => {
      ignored.set(address(), (ignored.get(address()) ?? new Set()).add(word));
      changed();
    },
    ignored: (word: string): boolean => ignored.get(address())?.has(word) ?? false,
    words: () => text.writing,
  };
}
