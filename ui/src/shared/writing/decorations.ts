/** How Markdown's source is shown: lines of blocks, bullets, references. */
import { HighlightStyle, syntaxHighlighting, syntaxTree } from "@codemirror/language";
import type { Extension, Range } from "@codemirror/state";
import { Decoration, EditorView, ViewPlugin, type DecorationSet, type ViewUpdate } from "@codemirror/view";
import { tags } from "@lezer/highlight";

const highlight = HighlightStyle.define([
  { tag: tags.heading1, class: "md-h1" },
  { tag: tags.heading2, class: "md-h2" },
  { tag: [tags.heading3, tags.heading4, tags.heading5, tags.heading6], class: "md-h3" },
  { tag: tags.strong, class: "md-strong" },
  { tag: tags.emphasis, class: "md-em" },
  { tag: tags.strikethrough, class: "md-strike" },
  { tag: tags.monospace, class: "md-code" },
  { tag: tags.link, class: "md-link" },
  { tag: tags.url, class: "md-url" },
  { tag: tags.quote, class: "md-quote" },
  { tag: tags.processingInstruction, class: "md-mark" },
  { tag: tags.contentSeparator, class: "md-mark" },
]);

const LINES: Record<string, string> = {
  FencedCode: "md-line-code",
  CodeBlock: "md-line-code",
  Blockquote: "md-line-quote",
  Table: "md-line-table",
};
const bullet = Decoration.mark({ class: "md-bullet" });
const reference = Decoration.mark({ class: "md-ref" });
/** A line with letters that are read from the right: its own direction. */
const ownDirection = Decoration.line({ attributes: { dir: "auto" } });
const RIGHT_TO_LEFT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/;
/** One for each beginning of an item: wrapped lines stand under its text. */
const hanging = new Map<string, Decoration>();

function hangs(lead: string): Decoration {
  // In widths of a digit; spaces and marks are about half as wide in the faces of the window.
  const width = [...lead].reduce((sum, sign) => sum + (/\d/.test(sign) ? 1 : 0.53), 0);
  const known = hanging.get(lead) ?? Decoration.line({ class: "md-line-item", attributes: { style: `--hang:${width.toFixed(2)}ch` } });
  if (hanging.size < 500) hanging.set(lead, known);
  return known;
}

/** Lines of blocks, bullets and references in the visible part. */
function decorate(view: EditorView): DecorationSet {
  const ranges: Range<Decoration>[] = [];
  const { doc } = view.state;
  for (const { from, to } of view.visibleRanges) {
    const seen = new Set<string>();
    syntaxTree(view.state).iterate({
      from,
      to,
      enter(node) {
        const line = LINES[node.name];
        if (line) {
          const last = Math.min(node.to, to);
          for (let at = doc.lineAt(Math.max(node.from, from)); ; at = doc.lineAt(at.to + 1)) {
            if (!seen.has(`${at.from}${line}`)) ranges.push(Decoration.line({ class: line }).range(at.from));
            seen.add(`${at.from}${line}`);
            if (at.to >= last || at.to + 1 > doc.length) break;
          }
        }
        if (node.name === "ListMark") {
          ranges.push(bullet.range(node.from, node.to));
          const item = doc.lineAt(node.from);
          if (!seen.has(`${item.from}item`) && /^\s*$/.test(item.text.slice(0, node.from - item.from))) ranges.push(hangs(item.text.slice(0, node.to - item.from + 1)).range(item.from));
          seen.add(`${item.from}item`);
        }
      },
    });
    const text = view.state.sliceDoc(from, to);
    if (RIGHT_TO_LEFT.test(text)) {
      for (let at = doc.lineAt(from); ; at = doc.lineAt(at.to + 1)) {
        if (RIGHT_TO_LEFT.test(at.text)) ranges.push(ownDirection.range(at.from));
        if (at.to >= to || at.to + 1 > doc.length) break;
      }
    }
    for (const match of text.matchAll(/\b[FRI]-\d{3,}\b/g)) ranges.push(reference.range(from + match.index, from + match.index + match[0].length));
  }
  return Decoration.set(ranges, true);
}

const plugin = ViewPlugin.fromClass(
  class {
    set: DecorationSet;
    constructor(view: EditorView) {
      this.set = decorate(view);
    }
    update(update: ViewUpdate): void {
      if (update.docChanged || update.viewportChanged || syntaxTree(update.startState) !== syntaxTree(update.state)) this.set = decorate(update.view);
    }
  },
  { decorations: (plugin) => plugin.set },
);

export const decorations: Extension = [syntaxHighlighting(highlight), plugin];
