import { expect, it } from "vitest";
import { oneLine } from "./lines";

it("makes one line of what was pasted in several", () => {
  expect(oneLine("one\r\n  two\n\nthree", 20)).toEqual({ text: "one two three", caret: 13 });
});

it("keeps the caret behind the same letter", () => {
  expect(oneLine("one\n two", 6)).toEqual({ text: "one two", caret: 5 });
  expect(oneLine("as it was", 4)).toEqual({ text: "as it was", caret: 4 });
});
