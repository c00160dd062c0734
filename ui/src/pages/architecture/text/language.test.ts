import { StringStream } from "@codemirror/language";
import { Text } from "@codemirror/state";
import { describe, expect, it } from "vitest";
import { dslParser, foldable } from "./language";

/** Each word of a text with its colour, line by line. */
function coloured(text: string): [string, string][][] {
  const state = dslParser.startState?.(4) ?? ({} as never);
  return text.split("\n").map((line) => {
    const stream = new StringStream(line, 4, 4);
    const found: [string, string][] = [];
    while (!stream.eol()) {
      stream.start = stream.pos;
      const style = dslParser.token(stream, state);
      expect(stream.pos).toBeGreaterThan(stream.start);
      if (style) found.push([stream.current(), style]);
    }
    return found;
  });
}

describe("colours", () => {
  it("tells keywords from names and values", () => {
    expect(coloured('  api = container "API" {')[0]).toEqual([["api", "variableName.definition"], ["=", "operator"], ["container", "keyword"], ['"API"', "string"], ["{", "brace"]]);
    expect(coloured("container shop {")[0]?.[1]).toEqual(["shop", "variableName"]);
    expect(coloured("a -> b")[0]).toEqual([["a", "variableName"], ["->", "operator"], ["b", "variableName"]]);
    expect(coloured("autoLayout lr 300")[0]?.slice(1)).toEqual([["lr", "atom"], ["300", "number"]]);
    expect(coloured("background #1168bd")[0]?.[1]).toEqual(["#1168bd", "color"]);
    expect(coloured("!identifiers hierarchical")[0]).toEqual([["!identifiers", "meta"], ["hierarchical", "atom"]]);
  });

  it("takes a comment only where the core does", () => {
    expect(coloured("# a\n // b\nurl https://example.com // c").map((line) => line[0]?.[1])).toEqual(["comment", "comment", "keyword"]);
    expect(coloured("/* a {\nb\nc */\nmodel {").map((line) => line[0])).toEqual([["/* a {", "comment"], ["b", "comment"], ["c */", "comment"], ["model", "keyword"]]);
  });

  it("knows constants within and without quotes, and quotes in quotes", () => {
    expect(coloured('name "a ${ORG} \\" b" c')[0]).toEqual([["name", "keyword"], ['"a ', "string"], ["${ORG}", "variableName.special"], [' \\" b"', "string"], ["c", "variableName"]]);
    expect(coloured("url ${BASE}")[0]?.[1]).toEqual(["${BASE}", "variableName.special"]);
  });

  it("ends an open quote with the line, and a text block with its end", () => {
    expect(coloured('name "open\nmodel {').map((line) => line.at(-1)?.[1])).toEqual(["string", "brace"]);
    expect(coloured('description """\n  model {\n  """\nmodel {').map((line) => line[0]?.[1])).toEqual(["keyword", "string", "string", "keyword"]);
  });

  it("reads a joined line as one", () => {
    expect(coloured("include \\\n  container").map((line) => line[0]?.[1])).toEqual(["keyword", "variableName"]);
  });
});

describe("folding", () => {
  const doc = Text.of(["model {", "  // {", "  a {", "  }", "}", 'x "y {"']);
  const fold = (line: number) => foldable(doc, doc.line(line).from, doc.line(line).to);
  it("folds from a brace to the one that closes it", () => {
    expect(fold(1)).toEqual({ from: doc.line(1).to, to: doc.line(5).from });
    expect(fold(3)).toEqual({ from: doc.line(3).to, to: doc.line(4).from + 2 });
    expect(fold(2)).toBeNull();
    expect(fold(6)).toBeNull();
  });
});
