import { text } from "../i18n/text.svelte";

/** A line that says what happened, with one thing to do about it. */
export interface Toast {
  id: number;
  message: string;
  /** What the core said of it, in English. */
  core?: string;
  action?: { label: string; run: () => void | Promise<void> };
  tone: "plain" | "error";
}

let shown = $state.raw<Toast[]>([]);
let last = 0;
let undoLast: () => void | Promise<void> = () => undefined;

/** The toasts on screen, oldest first. */
export function toasts(): Toast[] {
  return shown;
}

/** How long a toast stays, in milliseconds, by itself, and with something to do or a fault to read. */
const BRIEF_MS = 4000;
const LONG_MS = 8000;

type More = Partial<Pick<Toast, "action" | "tone" | "core">> & {
  /** It stays until it is dismissed: what is told only once must not be missed by looking away. */
  stays?: boolean;
};

/** Shows a toast. It leaves by itself, unless it `stays`, or when `dismissToast` is called. */
export function toast(message: string, { stays = false, ...more }: More = {}): number {
  const id = ++last;
  shown = [...shown.slice(-2), { id, message, tone: "plain", ...more }];
  if (!stays) setTimeout(() => dismissToast(id), more.action || more.tone === "error" ? LONG_MS : BRIEF_MS);
  return id;
}

export function dismissToast(id: number): void {
  shown = shown.filter((each) => each.id !== id);
}

/** A toast for a destructive act, with Undo. */
export function removedToast(what: string): void {
  toast(text.shared.removed(what), { action: { label: text.shared.undo, run: () => undoLast() } });
}

/** Tells the toasts how to take the last step back. */
export function setUndo(undo: () => void | Promise<void>): void {
  undoLast = undo;
}
