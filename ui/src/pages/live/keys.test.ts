// @vitest-environment jsdom
import { expect, it } from "vitest";
import { paneKey } from "./keys";

const key = (name: string, more: Partial<KeyboardEvent> = {}): Parameters<typeof paneKey>[0] => ({ key: name, ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, target: null, ...more });

it("searches, sizes and turns pages by keyboard", () => {
  expect(paneKey(key("f", { ctrlKey: true }), false)).toBe("find");
  expect(paneKey(key("F3", { shiftKey: true }), false)).toBe("previous-hit");
  expect(paneKey(key("+"), false)).toBe("larger");
  expect(paneKey(key("0", { ctrlKey: true }), false)).toBe("fit");
  expect(paneKey(key("PageDown"), false)).toBe("down");
  expect(paneKey(key("PageDown"), true)).toBe("next-page");
  expect(paneKey(key("End"), false)).toBe("last");
});

it("leaves what is typed alone", () => {
  const target = document.createElement("input");
  for (const name of ["-", "0", "Home", "PageUp"]) expect(paneKey(key(name, { target }), false)).toBeNull();
  expect(paneKey(key("f"), false)).toBeNull();
  expect(paneKey(key("F", { ctrlKey: true, shiftKey: true }), false)).toBeNull();
  expect(paneKey(key("-", { target, ctrlKey: true }), false)).toBe("smaller");
});
