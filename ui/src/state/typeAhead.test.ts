import { afterEach, expect, test } from "vitest";
import { catching, catchTyping, dropTyping, handOverTyping } from "./typeAhead";

afterEach(() => {
  dropTyping();
  document.body.replaceChildren();
});

const type = (text: string): void => {
  (document.activeElement as HTMLTextAreaElement).value += text;
};

test("what was typed meanwhile goes into the field, and the field tells it", () => {
  const field = document.createElement("input");
  field.value = "Old";
  document.body.append(field);
  const told: string[] = [];
  field.addEventListener("input", () => told.push(field.value));
  catchTyping("Title");
  expect(document.activeElement?.getAttribute("aria-label")).toBe("Title");
  type(" one\n two");
  field.focus();
  field.setSelectionRange(3, 3);
  handOverTyping();
  expect(told).toEqual(["Old one two"]);
  expect(field.selectionStart).toBe(11);
  expect(catching()).toBe(false);
  expect(document.querySelector("textarea")).toBeNull();
});

test("nothing is left of what was dropped", () => {
  catchTyping("Title");
  type("lost");
  dropTyping();
  const field = document.createElement("textarea");
  document.body.append(field);
  field.focus();
  handOverTyping();
  expect(field.value).toBe("");
});
