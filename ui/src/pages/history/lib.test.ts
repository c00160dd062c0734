import { describe, expect, it } from "vitest";
import type { HistoryEntry } from "../../bindings/contract";
import { changesOf, cleanedLinks, isVoid, sameValue, wordDiff, dayEnd, dayStart } from "./lib";

const shown = (before: string, after: string): string => wordDiff(before, after).map(({ kind, text }) => (kind === "same" ? text : kind === "added" ? `{+${text}+}` : `[-${text}-]`)).join("");

describe("the difference by word", () => {
  it("marks words, not letters", () => {
    expect(shown("The pool runs dry.", "The pool ran dry.")).toBe("The pool [-runs-]{+ran+} dry.");
    expect(shown("", "Neu: Größe 👍")).toBe("{+Neu: Größe 👍+}");
    expect(shown("a b c", "a b c")).toBe("a b c");
    expect(shown("a, b", "a b")).toBe("a[-,-] b");
  });
  it("shows a text that was written anew as replaced", () => {
    const pieces = wordDiff("The symptoms recur and hurt dispatch, billing and customers at once.", "It is known, and waiting does damage: somebody mends the cause now.");
    expect(pieces.filter((piece) => piece.kind !== "same").length).toBe(2);
  });
  it("gives back both texts", () => {
    const before = "one two three four five";
    const after = "zero two four 4 five six";
    const pieces = wordDiff(before, after);
    expect(pieces.filter((piece) => piece.kind !== "added").map((piece) => piece.text).join("")).toBe(before);
    expect(pieces.filter((piece) => piece.kind !== "removed").map((piece) => piece.text).join("")).toBe(after);
  });
  it("shows very long texts as replaced", () => {
    const long = Array.from({ length: 4000 }, (_, n) => `w${n}`).join(" ");
    expect(wordDiff(`${long} x`, `y ${long}z`).length).toBeLessThan(4);
  });
});

describe("what an entry is about", () => {
  it("leaves out what says nothing of a whole object", () => {
    expect(changesOf({ before: null, after: { id: "1", title: "T", note: "", cost: { low: 0, high: 0 } } }).map((change) => change.field)).toEqual(["title"]);
  });
  it("shows every field of an update, also one that was emptied", () => {
    expect(changesOf({ before: { note: "x" }, after: { note: "" } })).toEqual([{ field: "note", before: "x", after: "" }]);
  });
  it("compares values whatever the order of their members", () => {
    expect(sameValue({ a: 1, b: [1, { c: null }] }, { b: [1, { c: null }], a: 1 })).toBe(true);
    expect(sameValue([1, 2], [1])).toBe(false);
    expect(sameValue(undefined, null)).toBe(true);
    expect(isVoid({ low: 0, likely: 5 })).toBe(false);
  });
});

it("finds the links that went with a deleted object", () => {
  const entry = (fields: Partial<HistoryEntry>): HistoryEntry => ({ step: "s", at: "", author: "", op: "", kind: "initiatives", id: "x", change: "updated", before: null, after: null, ...fields });
  const deleted = entry({ id: "gone", change: "deleted", before: { id: "gone" } });
  const cleaned = entry({ before: { depends_on: [{ on: "gone", lag_days: 5 }] }, after: { depends_on: [] } });
  expect(cleanedLinks([deleted, cleaned, entry({ step: "other", before: { theme: "gone" } }), entry({ before: { title: "x" } })], deleted)).toEqual([cleaned]);
});

it("reaches from the first moment of a day to the first after another", () => {
  const [from, to] = [dayStart("2026-03-29"), dayEnd("2026-03-29")].map((moment) => new Date(moment ?? ""));
  expect([from?.getHours(), from?.getDate(), to?.getHours(), to?.getDate()]).toEqual([0, 29, 0, 30]);
  expect(dayStart("")).toBeNull();
  expect(dayEnd("")).toBeNull();
});
