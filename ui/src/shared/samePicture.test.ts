import { createHash } from "node:crypto";
import { expect, it } from "vitest";
import type { Edits } from "../bindings/contract";
import { samePicture } from "./samePicture";

const bytes = new TextEncoder().encode("the bytes of a picture");
const original = createHash("sha256").update(bytes).digest("hex");
const none: Edits = { crop: null, marks: [], longest: null };

it("finds the picture that was made of the same bytes", async () => {
  const images = [
    { id: "another", original: "00".repeat(32), edits: none },
    { id: "old", original: null, edits: none },
    { id: "same", original, edits: none },
  ];
  expect((await samePicture(bytes, images))?.id).toBe("same");
  expect(await samePicture(new TextEncoder().encode("others"), images)).toBeUndefined();
});

it("passes over one that shows something else by now", async () => {
  expect(await samePicture(bytes, [{ original, edits: { ...none, longest: 800 } }])).toBeUndefined();
  expect(await samePicture(bytes, [{ original, edits: { ...none, crop: { x: 0, y: 0, width: 1, height: 1 } } }])).toBeUndefined();
});
