/** Places that a text from the library leaves open, `{{words}}`: highlighted, and reached one after another with Alt+. */
import { Prec, type Extension } from "@codemirror/state";
import { Decoration, EditorView, MatchDecorator, ViewPlugin, keymap, type DecorationSet, type ViewUpdate } from "@codemirror/view";

/** As the core finds them: on one line, with something in them, and no figure that the core fills in. */
export const OPEN_PLACE =
  /\{\{(?!\s*(?:(?:score|checks|findings|risks|initiatives|phases|artifacts|cost|effort)\.[a-z_]+|(?:metric|check):[^{}\n]+)\}\})[^{}\n]*[^{}\s][^{}\n]*\}\}/g;

/** The first open place behind an offset, or from the beginning when there is none behind it. */
export function nextPlace(text: string, after: number): { from: number; to: number } | null {
  const all = [...text.matchAll(OPEN_PLACE)].map((match) => ({ from: match.index, to: match.index + match[0].length }));
  return all.find((place) => place.from >= after) ?? all[0] ?? null;
}

/** A text cut where its open places begin and end; those stand at the odd places. One piece alone is a text without any. */
export function cutAtPlaces(text: string): string[] {
  const pieces: string[] = [];
  let from = 0;
  for (const match of text.matchAll(OPEN_PLACE)) {
    pieces.push(text.slice(from, match.index), match[0]);
    from = match.index + match[0].length;
  }
  return [...pieces, text.slice(from)];
}

/** In a plain field, Alt+. selects the next open place. */
export function selectNextPlace(event: KeyboardEvent, field: HTMLInputElement | HTMLTextAreaElement): void {
  if (event.key !== "." || !event.altKey || event.ctrlKey || event.metaKey) return;
  const place = nextPlace(field.value, field.selectionEnd ?? 0);
  if (!place) return;
  event.preventDefault();
  event.stopPropagation();
  field.setSelectionRange(place.from, place.to);
}

const matcher = new MatchDecorator({ regexp: OPEN_PLACE, decoration: Decoration.mark({ class: "md-open-place" }) });

const highlighted = ViewPlugin.fromClass(
  class {
    set: DecorationSet;
    constructor(view: EditorView) {
      this.set = matcher.createDeco(view);
    }
    update(update: ViewUpdate): void {
      this.set = matcher.updateDeco(update, this.set);
    }
  },
  { decorations: (plugin) => plugin.set },
);

/** Selects the next open place, so that typing fills it. */
function toNext(view: EditorView): boolean {
  const place = nextPlace(view.state.doc.toString(), view.state.selection.main.to);
  if (!place) return false;
  view.dispatch({ selection: { anchor: place.from, head: place.to }, scrollIntoView: true });
  return true;
}

export const placeholders: Extension = [
  Prec.high(keymap.of([{ key: "Alt-.", run: toNext }])),
  highlighted,
  EditorView.baseTheme({ ".md-open-place": { background: "var(--warn-soft, var(--accent-soft))", color: "var(--warn)", borderRadius: "3px", boxShadow: "inset 0 -1px 0 var(--warn)" } }),
];
