/** Tables as tables and images in their place, where the cursor is not: there the source is shown. */
import { syntaxTree } from "@codemirror/language";
import { EditorSelection, StateEffect, StateField, type EditorState, type Extension, type Range } from "@codemirror/state";
import { Decoration, EditorView, WidgetType, keymap, type DecorationSet } from "@codemirror/view";
import { readTable, type Table } from "./tables";

/** An image as the editor shows it. */
export interface Picture {
  src: string;
  caption: string;
  alt: string;
  width: number;
  height: number;
}

export interface WidgetOptions {
  /** The picture behind `image:name`; null when there is none. */
  picture: (target: string) => Picture | null;
  words: () => { missingImage: (target: string) => string; editTable: string; editImage: string };
}

/** Says that pictures became known or changed. */
export const picturesChanged = StateEffect.define<null>();
const focused = StateEffect.define<boolean>();

const MARKS = /`([^`]+)`|\*\*([^*]+)\*\*|(?<![\p{L}\p{N}*])\*([^*\s][^*]*)\*|~~([^~]+)~~|\[([^\]]+)\]\([^)\s]+\)|\\([!-/:-@[-`{-~])/gu;

/** A cell's text with its emphasis; text nodes and known elements alone. */
function drawInline(text: string, into: HTMLElement): void {
  let from = 0;
  for (const match of text.matchAll(MARKS)) {
    into.append(text.slice(from, match.index));
    const [whole, code, strong, em, strike, link, literal] = match;
    const name = code !== undefined ? "code" : strong !== undefined ? "strong" : em !== undefined ? "em" : strike !== undefined ? "s" : "span";
    if (literal !== undefined) into.append(literal);
    else {
      const element = document.createElement(name);
      element.textContent = code ?? strong ?? em ?? strike ?? link ?? whole;
      if (link !== undefined) element.className = "md-link";
      into.append(element);
    }
    from = match.index + whole.length;
  }
  into.append(text.slice(from));
}

class TableWidget extends WidgetType {
  constructor(
    readonly source: string,
    readonly table: Table,
    readonly title: string,
  ) {
    super();
  }
  override eq(other: TableWidget): boolean {
    return other.source === this.source && other.title === this.title;
  }
  override get estimatedHeight(): number {
    return this.table.rows.length * 26 + 12;
  }
  override toDOM(view: EditorView): HTMLElement {
    const frame = document.createElement("div");
    frame.className = "md-table";
    const table = document.createElement("table");
    table.title = this.title;
    this.table.rows.forEach((cells, row) => {
      const line = row === 0 ? table.createTHead().insertRow() : (table.tBodies[0] ?? table.createTBody()).insertRow();
      this.table.alignments.forEach((alignment, column) => {
        const cell = document.createElement(row === 0 ? "th" : "td");
        if (row === 0) cell.scope = "col";
        cell.dir = "auto";
        if (alignment) cell.style.textAlign = alignment;
        const source = cells[column];
        if (source) {
          drawInline(source.text, cell);
          cell.dataset.at = String(source.to);
        }
        line.append(cell);
      });
    });
    frame.append(table);
    frame.addEventListener("mousedown", (event) => {
      event.preventDefault();
      const at = Number((event.target as HTMLElement).closest<HTMLElement>("[data-at]")?.dataset.at ?? 0);
      view.focus();
      view.dispatch({ selection: { anchor: view.posAtDOM(frame) + at }, scrollIntoView: true });
    });
    return frame;
  }
  override ignoreEvent(): boolean {
    return true;
  }
}

class ImageWidget extends WidgetType {
  constructor(
    readonly target: string,
    readonly alt: string,
    readonly picture: Picture | null,
    readonly words: ReturnType<WidgetOptions["words"]>,
  ) {
    super();
  }
  override eq(other: ImageWidget): boolean {
    return other.target === this.target && other.alt === this.alt && JSON.stringify(other.picture) === JSON.stringify(this.picture);
  }
  override toDOM(view: EditorView): HTMLElement {
    const frame = document.createElement("span");
    frame.className = this.picture ? "md-image" : "md-image md-image-missing";
    if (this.picture) {
      const image = document.createElement("img");
      image.src = this.picture.src;
      image.alt = this.alt || this.picture.alt || this.picture.caption;
      image.title = this.words.editImage;
      // The place is kept while the bytes come.
      if (this.picture.width > 0) image.style.aspectRatio = `${this.picture.width} / ${this.picture.height}`;
      image.draggable = false;
      image.addEventListener("load", () => view.requestMeasure());
      const caption = document.createElement("span");
      caption.className = "md-caption";
      caption.dir = "auto";
      caption.textContent = this.picture.caption || this.alt || this.target;
      frame.append(image, caption);
    } else frame.textContent = `⚠ ${this.words.missingImage(this.target)}`;
    frame.addEventListener("mousedown", (event) => {
      event.preventDefault();
      view.focus();
      view.dispatch({ selection: { anchor: view.posAtDOM(frame) + 2 }, scrollIntoView: true });
    });
    return frame;
  }
  override ignoreEvent(): boolean {
    return true;
  }
}

interface Shown {
  focus: boolean;
  set: DecorationSet;
}

/** Tables that were read already: every key press draws anew, and all tables but one are what they were. */
const read = new Map<string, Table | null>();

function tableOf(source: string): Table | null {
  const known = read.get(source);
  if (known !== undefined) return known;
  const table = readTable(source);
  if (read.size > 200) read.clear();
  read.set(source, table);
  return table;
}

function draw(state: EditorState, focus: boolean, options: WidgetOptions): DecorationSet {
  const ranges: Range<Decoration>[] = [];
  const inside = (from: number, to: number): boolean => focus && state.selection.ranges.some((range) => range.from <= to && range.to >= from);
  const { doc } = state;
  syntaxTree(state).iterate({
    enter(node) {
      if (node.name === "Table") {
        // Inside a quotation or an item the lines begin with its marks.
        if (node.node.parent?.name !== "Document") return false;
        const from = doc.lineAt(node.from).from;
        const to = doc.lineAt(node.to).to;
        if (inside(from, to)) return false;
        const source = doc.sliceString(from, to);
        const table = tableOf(source);
        if (table) ranges.push(Decoration.replace({ widget: new TableWidget(source, table, options.words().editTable), block: true }).range(from, to));
        return false;
      }
      if (node.name === "Image") {
        if (inside(node.from, node.to) || doc.lineAt(node.from).to < node.to) return false;
        const found = /^!\[([^\]]*)\]\(<?([^)\s>]+)>?(?:\s+"[^"]*")?\)$/.exec(doc.sliceString(node.from, node.to));
        const target = found?.[2] ?? "";
        if (target !== "") ranges.push(Decoration.replace({ widget: new ImageWidget(target, found?.[1] ?? "", options.picture(target), options.words()) }).range(node.from, node.to));
        return false;
      }
      return node.name !== "FencedCode" && node.name !== "CodeBlock";
    },
  });
  return Decoration.set(ranges, true);
}

/** The drawn table that a way from one place to another leads into or over. */
function crossed(set: DecorationSet, from: number, to: number): { from: number; to: number } | null {
  let found: { from: number; to: number } | null = null;
  set.between(Math.min(from, to), Math.max(from, to), (start, end, value) => {
    if (value.spec.block && !(start <= from && from <= end)) {
      if (!found || (from < to ? start < found.from : end > found.to)) found = { from: start, to: end };
    }
  });
  return found;
}

export function widgets(options: WidgetOptions): Extension {
  const field = StateField.define<Shown>({
    create: (state) => ({ focus: false, set: draw(state, false, options) }),
    update(shown, transaction) {
      let { focus } = shown;
      let stale = transaction.docChanged || transaction.selection !== undefined || syntaxTree(transaction.startState) !== syntaxTree(transaction.state);
      for (const effect of transaction.effects) {
        if (effect.is(focused)) {
          focus = effect.value;
          stale = true;
        }
        if (effect.is(picturesChanged)) stale = true;
      }
      return stale ? { focus, set: draw(transaction.state, focus, options) } : shown;
    },
    provide: (field) => EditorView.decorations.from(field, (shown) => shown.set),
  });
  // The source of a table is reached by the arrows as if it stood there.
  const step = (forward: boolean) => (view: EditorView) => {
    const { main } = view.state.selection;
    if (!main.empty) return false;
    const next = view.moveVertically(main, forward);
    const table = crossed(view.state.field(field).set, main.head, forward ? Math.max(next.head, main.head + 1) : next.head);
    if (!table) return false;
    const line = view.state.doc.lineAt(forward ? table.from : table.to);
    view.dispatch({ selection: EditorSelection.cursor(forward ? line.from : line.to), scrollIntoView: true });
    return true;
  };
  return [
    field,
    EditorView.focusChangeEffect.of((_state, focus) => focused.of(focus)),
    keymap.of([
      { key: "ArrowDown", run: step(true) },
      { key: "ArrowUp", run: step(false) },
    ]),
  ];
}
