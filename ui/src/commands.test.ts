import { expect, it } from "vitest";
import { matches, registerCommands, runShortcut, usableCommands } from "./commands";

const key = (key: string, more: Partial<KeyboardEvent> = {}) => ({ key, ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, ...more });

it("matches shortcuts with exactly their modifiers", () => {
  expect(matches("Mod+K", key("k", { ctrlKey: true }))).toBe(true);
  expect(matches("Mod+K", key("k"))).toBe(false);
  expect(matches("Mod+Z", key("Z", { ctrlKey: true, shiftKey: true }))).toBe(false);
  expect(matches("Mod+Shift+Z", key("Z", { ctrlKey: true, shiftKey: true }))).toBe(true);
  expect(matches("?", key("?", { shiftKey: true }))).toBe(true);
  expect(matches("Mod++", key("+", { ctrlKey: true }))).toBe(true);
  expect(matches("Alt+ArrowLeft", key("ArrowLeft", { altKey: true }))).toBe(true);
});

it("leaves letters to text fields, and modified keys to commands", () => {
  const ran: string[] = [];
  const stop = registerCommands([
    { id: "a", title: () => "A", group: "go", shortcut: "n", run: () => void ran.push("n") },
    { id: "b", title: () => "B", group: "go", shortcut: "Mod+J", run: () => void ran.push("j") },
  ]);
  const input = document.body.appendChild(document.createElement("input"));
  const press = (target: HTMLElement, init: KeyboardEventInit) => {
    const event = new KeyboardEvent("keydown", { ...init, bubbles: true, cancelable: true });
    target.addEventListener("keydown", (each) => runShortcut(each), { once: true });
    target.dispatchEvent(event);
  };
  press(input, { key: "n" });
  press(input, { key: "j", ctrlKey: true });
  press(document.body, { key: "n" });
  expect(ran).toEqual(["j", "n"]);
  stop();
  expect(usableCommands()).toEqual([]);
});
