/** The menu of a misspelt word: what was probably meant, keep the word, ignore it here. */
import { StateEffect, StateField, type Extension } from "@codemirror/state";
import { EditorView, showTooltip, type Tooltip } from "@codemirror/view";

export interface SpellMenuOptions {
  suggest: (word: string) => Promise<string[]>;
  add: (word: string) => void;
  ignore: (word: string) => void;
  ignored: (word: string) => boolean;
  words: () => { suggestions: string; none: string; add: string; ignore: string; asking: string };
}
interface Word {
  from: number;
  to: number;
}

const show = StateEffect.define<Word | null>();

export function showSpellMenu(view: EditorView, word: Word): void {
  view.dispatch({ effects: show.of(word) });
}

function close(view: EditorView): void {
  view.dispatch({ effects: show.of(null) });
  view.focus();
}

/** Arrows, Home and End move; Esc and Tab leave; letters go to the item that begins with them. */
function keys(event: KeyboardEvent, menu: HTMLElement, view: EditorView): void {
  const items = [...menu.querySelectorAll<HTMLButtonElement>("button")];
  const at = items.indexOf(document.activeElement as HTMLButtonElement);
  const to = { ArrowDown: (at + 1) % items.length, ArrowUp: (at - 1 + items.length) % items.length, Home: 0, End: items.length - 1 }[event.key];
  event.stopPropagation();
  if (to !== undefined) items[to]?.focus();
  else if (event.key === "Escape" || event.key === "Tab") close(view);
  else return;
  event.preventDefault();
}

function menuOf(view: EditorView, word: Word, options: SpellMenuOptions): HTMLElement {
  const text = view.state.sliceDoc(word.from, word.to);
  const words = options.words();
  const menu = document.createElement("div");
  menu.className = "md-menu";
  menu.setAttribute("role", "menu");
  menu.setAttribute("aria-label", words.suggestions);
  const item = (label: string, run: () => void, kind: string): HTMLButtonElement => {
    const button = document.createElement("button");
    button.type = "button";
    button.className = kind;
    button.setAttribute("role", "menuitem");
    button.textContent = label;
    button.addEventListener("click", () => {
      run();
      close(view);
    });
    return button;
  };
  const line = document.createElement("div");
  line.className = "md-menu-line";
  line.setAttribute("role", "separator");
  const wait = document.createElement("div");
  wait.className = "md-menu-note";
  wait.setAttribute("role", "presentation");
  wait.textContent = words.asking;
  const keep = item(words.add, () => options.add(text), "md-menu-act");
  menu.append(wait, line, keep, item(words.ignore, () => options.ignore(text), "md-menu-act"));
  menu.addEventListener("keydown", (event) => keys(event, menu, view));
  menu.addEventListener("focusout", (event) => {
    if (menu.contains(event.relatedTarget as Node | null)) return;
    // Not at once: it may be the editor that takes the menu away, within an update.
    setTimeout(() => menu.isConnected && view.dispatch({ effects: show.of(null) }));
  });
  void options.suggest(text).catch((): string[] => []).then((found) => {
    if (!menu.isConnected) return;
    const replace = (insert: string) => () => view.dispatch({ changes: { from: word.from, to: word.to, insert }, selection: { anchor: word.from + insert.length }, userEvent: "input.spelling" });
    const buttons = found.map((each) => item(each, replace(each), "md-menu-word"));
    if (buttons.length === 0) wait.textContent = words.none;
    else wait.replaceWith(...buttons);
    if (document.activeElement === keep) buttons[0]?.focus();
  });
  return menu;
}

/** The menu as a tooltip of the editor, so that it also stands above a sheet. */
export function spellMenu(options: SpellMenuOptions): Extension {
  return StateField.define<Tooltip | null>({
    create: () => null,
    update(tooltip, transaction) {
      for (const effect of transaction.effects) {
        if (!effect.is(show)) continue;
        const word = effect.value;
        if (!word) return null;
        return {
          pos: word.from,
          above: false,
          create: (view) => {
            const dom = menuOf(view, word, options);
            return { dom, mount: () => dom.querySelector<HTMLButtonElement>(".md-menu-act")?.focus() };
          },
        };
      }
      return transaction.docChanged ? null : tooltip;
    },
    provide: (field) => showTooltip.from(field),
  });
}
