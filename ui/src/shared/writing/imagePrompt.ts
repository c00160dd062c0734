/** Caption and text alternative of a picture that was just put in: asked beside it, answered or passed over. */
import { StateEffect, StateField, type Extension } from "@codemirror/state";
import { EditorView, showTooltip, type Tooltip } from "@codemirror/view";

export interface PictureTexts {
  caption: string;
  alt: string;
}
export interface ImagePromptOptions {
  /** Keeps what was typed with the picture. */
  describe: (image: string, texts: PictureTexts) => void;
  words: () => { title: string; caption: string; captionHint: string; alt: string; altHint: string; keep: string; skip: string };
}
interface Asked {
  /** Id of the image. */
  image: string;
  /** Where it stands in the text. */
  at: number;
}

const ask = StateEffect.define<Asked | null>();

export function askAboutPicture(view: EditorView, asked: Asked): void {
  view.dispatch({ effects: ask.of(asked) });
}

function formOf(view: EditorView, asked: Asked, options: ImagePromptOptions): HTMLElement {
  const words = options.words();
  const form = document.createElement("form");
  form.className = "md-prompt";
  form.setAttribute("role", "dialog");
  form.setAttribute("aria-label", words.title);
  const field = (label: string, hint: string): HTMLInputElement => {
    const frame = document.createElement("label");
    const name = document.createElement("span");
    name.textContent = label;
    const input = document.createElement("input");
    input.type = "text";
    input.placeholder = hint;
    input.dir = "auto";
    frame.append(name, input);
    form.append(frame);
    return input;
  };
  const caption = field(words.caption, words.captionHint);
  const alt = field(words.alt, words.altHint);
  const buttons = document.createElement("div");
  const button = (label: string, type: "submit" | "button"): HTMLButtonElement => {
    const element = document.createElement("button");
    element.type = type;
    element.textContent = label;
    buttons.append(element);
    return element;
  };
  button(words.keep, "submit").className = "primary";
  const leave = (): void => {
    view.dispatch({ effects: ask.of(null) });
    view.focus();
  };
  button(words.skip, "button").addEventListener("click", leave);
  form.append(buttons);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (caption.value.trim() !== "" || alt.value.trim() !== "") options.describe(asked.image, { caption: caption.value.trim(), alt: alt.value.trim() });
    leave();
  });
  form.addEventListener("keydown", (event) => {
    event.stopPropagation();
    if (event.key === "Escape") {
      event.preventDefault();
      leave();
    }
  });
  return form;
}

export function imagePrompt(options: ImagePromptOptions): Extension {
  return StateField.define<Tooltip | null>({
    create: () => null,
    update(tooltip, transaction) {
      for (const effect of transaction.effects) {
        if (!effect.is(ask)) continue;
        const asked = effect.value;
        if (!asked) return null;
        return {
          pos: asked.at,
          above: false,
          create: (view) => {
            const dom = formOf(view, asked, options);
            return { dom, mount: () => dom.querySelector("input")?.focus() };
          },
        };
      }
      return tooltip && transaction.docChanged ? { ...tooltip, pos: transaction.changes.mapPos(tooltip.pos) } : tooltip;
    },
    provide: (field) => showTooltip.from(field),
  });
}
