/** The one registry of commands. The palette, the shortcut sheet and the keyboard read it; pages add theirs. */
import { onMount } from "svelte";
import { SvelteMap } from "svelte/reactivity";
import type { Text } from "./i18n/text.svelte";

export interface Command {
  /** Unique, for example `findings.new`. */
  id: string;
  /** What it does; a function, so that it follows the language. */
  title: () => string;
  group: keyof Text["frame"]["groups"];
  /** For example `Mod+K`, `Alt+ArrowLeft`, `F6`, `?`. `Mod` is Ctrl, on a Mac Cmd. */
  shortcut?: string;
  /** A second key for the same, not shown in the palette. */
  also?: string;
  /** Whether the shortcut works while a text field has the focus; by default only with Mod, Alt or a function key. */
  whileTyping?: boolean;
  run: () => void | Promise<void>;
  /** Whether it can be used now; always when not given. */
  enabled?: () => boolean;
}

const registry = new SvelteMap<string, Command>();

/** Adds commands; the answer takes them away. A later command with the same id takes the place of the earlier. */
export function registerCommands(commands: readonly Command[]): () => void {
  for (const command of commands) registry.set(command.id, command);
  return () => {
    for (const command of commands) if (registry.get(command.id) === command) registry.delete(command.id);
  };
}

/** Adds commands for as long as the calling component is shown. */
export function useCommands(commands: readonly Command[]): void {
  onMount(() => registerCommands(commands));
}

/** All commands that can be used now. */
export function usableCommands(): Command[] {
  return [...registry.values()].filter((command) => command.enabled?.() ?? true);
}

/** All commands, usable or not. */
export function allCommands(): Command[] {
  return [...registry.values()];
}

const mac = typeof navigator !== "undefined" && /Mac/.test(navigator.platform);

/** The shortcut as people read it. */
export function shownShortcut(shortcut: string): string {
  const names: Record<string, string> = { Mod: mac ? "⌘" : "Ctrl", ArrowLeft: "←", ArrowRight: "→", ArrowUp: "↑", ArrowDown: "↓", Space: "␣" };
  return shortcut
    .split("+")
    .map((part) => names[part] ?? part)
    .join(mac ? "" : "+");
}

/** Whether a key press is the shortcut. */
export function matches(shortcut: string, event: Pick<KeyboardEvent, "key" | "ctrlKey" | "metaKey" | "altKey" | "shiftKey">): boolean {
  const parts = shortcut === "+" ? ["+"] : shortcut.replace(/\+\+$/, "+Plus").split("+");
  const key = parts.at(-1) === "Plus" ? "+" : (parts.at(-1) ?? "");
  const mod = parts.includes("Mod");
  if ((mac ? event.metaKey : event.ctrlKey) !== mod) return false;
  if ((mac ? event.ctrlKey : event.metaKey) !== false) return false;
  if (event.altKey !== parts.includes("Alt")) return false;
  // A sign such as `?` is typed with Shift on many keyboards: only letters and named keys ask for it.
  const sign = key.length === 1 && !/[a-z0-9]/i.test(key);
  if (!sign && event.shiftKey !== parts.includes("Shift")) return false;
  return event.key.toLowerCase() === (key === "Space" ? " " : key.toLowerCase());
}

/** Whether the focus is where letters are written. */
export function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement) return true;
  return target instanceof HTMLInputElement && !["checkbox", "radio", "button", "range"].includes(target.type);
}

/** Runs the command of a key press, if there is one. */
export function runShortcut(event: KeyboardEvent): boolean {
  if (event.defaultPrevented || event.isComposing) return false;
  // A sheet over the page keeps the page's single keys from acting behind it.
  const typing = isTyping(event.target) || document.querySelector("dialog[open]") !== null;
  for (const command of [...registry.values()].reverse()) {
    const shortcut = [command.shortcut, command.also].find((each) => each !== undefined && matches(each, event));
    if (!shortcut) continue;
    const free = command.whileTyping ?? (/\b(Mod|Alt)\+/.test(shortcut) || /^F\d+$/.test(shortcut));
    if (typing && !free) continue;
    if (command.enabled && !command.enabled()) continue;
    event.preventDefault();
    void command.run();
    return true;
  }
  return false;
}
