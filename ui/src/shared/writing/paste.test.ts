import { describe, expect, it } from "vitest";
import { freeName, targetOf } from "./field.svelte";
import { markdownOf } from "./paste";

describe("what the clipboard holds", () => {
  it("is a table when it comes from a spreadsheet, whatever HTML is beside it", () => {
    expect(markdownOf("<table><tr><td>a</td></tr></table>", "a\tb\n1\t2")).toBe("|   a |   b |\n| --: | --: |\n|   1 |   2 |");
  });
  it("is Markdown when it is a page", () => {
    expect(markdownOf("<p>a <b>b</b></p>", "a b")).toBe("a **b**");
  });
  it("stays as it is when there is nothing but text", () => {
    expect(markdownOf("", "# not touched *at all*")).toBeNull();
    expect(markdownOf("<img src='file:///x.png'>", "x")).toBeNull();
  });
});

describe("a picture's name", () => {
  it("can be called by prose and is its own", () => {
    expect(freeName("Bildschirmfoto vom 2026-11-01 (größer).png", [])).toBe("bildschirmfoto-vom-2026-11-01-grosser");
    expect(freeName("image.png", [])).toBe("picture");
    expect(freeName("image.png", ["picture", "picture-2"])).toBe("picture-3");
  });
  it("stands in brackets when it has spaces", () => {
    expect(targetOf("plan")).toBe("image:plan");
    expect(targetOf("the plan")).toBe("<image:the plan>");
  });
});
