import { expect, it } from "vitest";
import { pieces } from "./snippet";

it("cuts at bytes, not at letters", () => {
  // "Größe der " is 12 bytes long.
  const found = pieces("Größe der Pools…", [{ start: 12, end: 17 }]);
  expect(found).toEqual([
    { text: "Größe der ", marked: false },
    { text: "Pools", marked: true },
    { text: "…", marked: false },
  ]);
});

it("passes over marks that overlap", () => {
  expect(pieces("abc", [{ start: 0, end: 2 }, { start: 1, end: 3 }]).map((piece) => piece.text).join("|")).toBe("ab|c");
});
