/** How the Structurizr DSL is read for its colours, folding and indentation. */
import { HighlightStyle, StreamLanguage, codeFolding, foldGutter, foldService, syntaxHighlighting, type StreamParser, type StringStream } from "@codemirror/language";
import type { Extension, Text } from "@codemirror/state";
import { tags } from "@lezer/highlight";
import { isArrow, isComment } from "./blocks";
import { ALL, ATOMS } from "./vocabulary";

/** What is known at a place of the text. */
export interface Reading {
  /** Within a comment of several lines. */
  comment: boolean;
  /** Within `""" … """`. */
  block: boolean;
  /** Within quotes. */
  quoted: boolean;
  /** How many words of the line have been read; of a joined line, all of its lines together. */
  words: number;
  /** The word before, in lower case. */
  before: string;
  /** Whether the line before went on. */
  joined: boolean;
  /** Braces open. */
  depth: number;
}

const START: Reading = { comment: false, block: false, quoted: false, words: 0, before: "", joined: false, depth: 0 };

/** Reads a piece of a string: a constant in it has a colour of its own. */
function inQuotes(stream: StringStream, state: Reading): string {
  if (stream.match(/^\$\{[^}"]*\}/)) return "variableName.special";
  while (!stream.eol()) {
    if (stream.match("${", false)) return "string";
    const next = stream.next();
    if (next === "\\") stream.next();
    else if (next === '"') {
      state.quoted = false;
      return "string";
    }
  }
  // An unclosed quote ends with the line.
  state.quoted = false;
  return "string";
}

function word(stream: StringStream, state: Reading): string {
  if (stream.match(/^\$\{[^}]*\}/)) return "variableName.special";
  stream.match(/^[^\s"{}]+/) || stream.next();
  const text = stream.current();
  const lower = text.toLowerCase();
  const first = state.words === 0 || state.before === "=";
  const defined = state.words === 0 && /^\s*=(\s|$)/.test(stream.string.slice(stream.pos));
  state.words += 1;
  state.before = lower;
  if (isArrow(text)) return "operator";
  if (text === "=") return "operator";
  if (lower.startsWith("!")) return "meta";
  if (/^#[0-9a-f]{3,8}$/i.test(text)) return "color";
  if (/^\d+(\.\d+)?$/.test(text)) return "number";
  if (defined) return "variableName.definition";
  if (first && ALL.has(lower)) return "keyword";
  if (!first && ATOMS.has(lower)) return "atom";
  if (/^[*?]+$/.test(text) || /[=!]=|\|\||&&/.test(text)) return "operator";
  return "variableName";
}

export const dslParser: StreamParser<Reading> = {
  name: "structurizr-dsl",
  startState: () => ({ ...START }),
  copyState: (state) => ({ ...state }),
  token(stream, state) {
    if (stream.sol()) {
      if (!state.joined) {
        state.words = 0;
        state.before = "";
      }
      state.joined = false;
      state.quoted = false;
      const line = stream.string;
      if (state.block) {
        if (/"""\s*$/.test(line)) state.block = false;
        stream.skipToEnd();
        return "string";
      }
      if (state.comment || (state.words === 0 && /^\s*\/\*/.test(line))) {
        state.comment = !/\*\/\s*$/.test(line);
        stream.skipToEnd();
        return "comment";
      }
      if (state.words === 0 && isComment(line)) {
        stream.skipToEnd();
        return "comment";
      }
    }
    if (state.quoted) return inQuotes(stream, state);
    if (stream.eatSpace()) return null;
    if (stream.match(/^"""\s*$/)) {
      state.block = true;
      return "string";
    }
    if (stream.match(/^\\$/)) {
      state.joined = true;
      return "operator";
    }
    if (stream.match(/^[{}](?=\s|$)/)) {
      const open = stream.current() === "{";
      state.depth = Math.max(0, state.depth + (open ? 1 : -1));
      state.words += 1;
      return "brace";
    }
    if (stream.eat('"')) {
      state.quoted = true;
      state.words += 1;
      state.before = '"';
      return inQuotes(stream, state);
    }
    return word(stream, state);
  },
  blankLine(state) {
    state.joined = false;
  },
  indent: (state, textAfter, context) => Math.max(0, state.depth - (/^\s*\}/.test(textAfter) ? 1 : 0)) * context.unit,
  languageData: {
    commentTokens: { line: "//" },
    closeBrackets: { brackets: ["{", '"'] },
    indentOnInput: /^\s*\}$/,
    wordChars: ".-",
  },
};

/** The range that can be folded away at a line: from its brace to the one that closes it, or a block comment. */
export function foldable(doc: Text, from: number, to: number): { from: number; to: number } | null {
  const line = doc.lineAt(from);
  if (isComment(line.text) || !/(^|\s)\{\s*$/.test(line.text)) return null;
  let depth = 1;
  for (let at = line.number + 1; at <= doc.lines; at += 1) {
    const below = doc.line(at);
    if (isComment(below.text)) continue;
    if (/^\s*\}/.test(below.text)) depth -= 1;
    else if (/(^|\s)\{\s*$/.test(below.text)) depth += 1;
    if (depth === 0) return { from: to, to: below.from + below.text.indexOf("}") };
  }
  return null;
}

const colours = HighlightStyle.define([
  { tag: tags.keyword, class: "dsl-keyword" },
  { tag: tags.string, class: "dsl-string" },
  { tag: tags.comment, class: "dsl-comment" },
  { tag: tags.meta, class: "dsl-directive" },
  { tag: tags.operator, class: "dsl-operator" },
  { tag: tags.definition(tags.variableName), class: "dsl-defined" },
  { tag: tags.special(tags.variableName), class: "dsl-constant" },
  { tag: [tags.atom, tags.number, tags.color], class: "dsl-value" },
  { tag: tags.brace, class: "dsl-brace" },
]);

/** The language with its colours and folding. `folded` says what is hidden, `fold` what the mark in the gutter does. */
export function dslLanguage(words: { folded: () => string; fold: () => string; unfold: () => string }): Extension {
  return [
    StreamLanguage.define(dslParser),
    syntaxHighlighting(colours),
    foldService.of((state, from, to) => foldable(state.doc, from, to)),
    codeFolding({
      placeholderDOM: (_, onclick) => {
        const mark = document.createElement("button");
        mark.type = "button";
        mark.className = "dsl-folded";
        mark.textContent = "…";
        mark.title = words.folded();
        mark.ariaLabel = words.folded();
        mark.onclick = onclick;
        return mark;
      },
    }),
    foldGutter({
      markerDOM: (open) => {
        const mark = document.createElement("span");
        mark.textContent = open ? "▾" : "▸";
        mark.title = open ? words.fold() : words.unfold();
        return mark;
      },
    }),
  ];
}
