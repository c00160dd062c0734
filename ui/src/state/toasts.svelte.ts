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

/** Shows a toast. It leaves after 8 s (with an action) or 4 s, or when `dismissToast` is called. */
export function toast(message: string, more: Partial<Pick<Toast, "action" | "tone" | "core">> = {}): number {
  const id = ++last;
  shown = [...shown.slice(-2), { id, message, tone: "plain", ...more }];
  setTimeout(() => dismissToast(id), more.action || more.tone === "error" ? 8000 : 4000);
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
