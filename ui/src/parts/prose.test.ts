import { describe, expect, it } from "vitest";
import { blocks, spans } from "./prose";

describe("spans", () => {
  it("tell code and emphasis from text", () => {
    expect(spans("Run `a*b*` and **look** *well*")).toEqual([
      { text: "Run ", as: "text" },
      { text: "a*b*", as: "code" },
      { text: " and ", as: "text" },
      { text: "look", as: "strong" },
      { text: " ", as: "text" },
      { text: "well", as: "em" },
    ]);
    expect(spans("2 * 3 * 4")).toEqual([{ text: "2 * 3 * 4", as: "text" }]);
  });
  it("keep markup of another kind as the text that it is", () => {
    expect(spans("<img src=x onerror=alert(1)>")).toEqual([{ text: "<img src=x onerror=alert(1)>", as: "text" }]);
    expect(spans("[docs](javascript:alert(1))")[0]).toEqual({ text: "docs", as: "text" });
  });
});

describe("blocks", () => {
  it("join lines of a paragraph and of a list item", () => {
    expect(blocks("One\ntwo\n\n- a\n  b\n- c\n\n```\nx  y\n```").map((block) => block.as)).toEqual(["p", "ul", "pre"]);
  });
  it("survive an open fence", () => {
    expect(blocks("```\nx")).toEqual([{ as: "pre", text: "x" }]);
  });
});
