/** What is pasted or dropped: pages become clean Markdown, cells a table, pictures images of the engagement. */
import { syntaxTree } from "@codemirror/language";
import { Prec, type Extension } from "@codemirror/state";
import { EditorView, keymap } from "@codemirror/view";
import { insertBlock } from "../markdownEdits";
import { htmlToMarkdown } from "./html";
import { askAboutPicture } from "./imagePrompt";
import { isSpreadsheet, spreadsheetTable } from "./tables";

export interface PasteOptions {
  /** Keeps a picture and answers with its id and name; null when it could not be kept, which was said then. */
  keep: (file: File) => Promise<{ id: string; name: string; isNew: boolean } | null>;
}

/** What is pasted as plain text: code of an editor keeps its lines and indentation. */
const isCode = (data: DataTransfer): boolean => data.types.includes("vscode-editor-data");

function inCode(view: EditorView): boolean {
  const { from } = view.state.selection.main;
  for (let node = syntaxTree(view.state).resolveInner(from, -1); node.parent; node = node.parent) {
    if (["FencedCode", "CodeBlock", "InlineCode"].includes(node.name) && from < node.to) return true;
  }
  return false;
}

function pictures(data: DataTransfer): File[] {
  return [...data.files].filter((file) => /^image\/(png|jpeg|gif|webp|svg\+xml)$/.test(file.type));
}

/** Markdown at the cursor: blocks on lines of their own, a mere phrase within the line. */
export function insertMarkdown(view: EditorView, markdown: string): void {
  const block = markdown.includes("\n\n") || /^(#{1,6} |[-*+] |\d+[.)] |> |\||```)/.test(markdown);
  if (block) insertBlock(view, markdown);
  else view.dispatch(view.state.replaceSelection(markdown), { userEvent: "input.paste", scrollIntoView: true });
}

/** Markdown of what the clipboard holds beside plain text; null when the plain text is better. */
export function markdownOf(html: string, text: string): string | null {
  if (isSpreadsheet(text)) return spreadsheetTable(text);
  if (html === "") return null;
  const markdown = htmlToMarkdown(html);
  return markdown === "" ? null : markdown;
}

async function keepPictures(view: EditorView, files: readonly File[], options: PasteOptions): Promise<void> {
  for (const file of files) {
    const kept = await options.keep(file);
    if (!kept || !view.dom.isConnected) continue;
    const target = /[\s()<>]/.test(kept.name) ? `<image:${kept.name}>` : `image:${kept.name}`;
    insertBlock(view, `![](${target})`);
    // One that the engagement had was asked about when it came.
    if (kept.isNew) askAboutPicture(view, { image: kept.id, at: view.state.selection.main.head });
  }
}

export function paste(options: PasteOptions): Extension {
  let plainUntil = 0;
  const take = (data: DataTransfer | null, event: Event, view: EditorView): boolean => {
    if (!data || view.state.readOnly) return false;
    const html = data.getData("text/html");
    const text = data.getData("text/plain");
    const files = pictures(data);
    const plain = performance.now() < plainUntil;
    plainUntil = 0;
    if (files.length > 0 && (text.trim() === "" || htmlToMarkdown(html) === "")) {
      event.preventDefault();
      void keepPictures(view, files, options);
      return true;
    }
    if (plain || isCode(data) || inCode(view)) return false;
    const markdown = markdownOf(html, text);
    if (markdown === null) return false;
    event.preventDefault();
    insertMarkdown(view, markdown);
    return true;
  };
  return Prec.highest([
    keymap.of([
      {
        key: "Mod-Shift-v",
        run: () => {
          plainUntil = performance.now() + 1_000;
          return false;
        },
      },
    ]),
    EditorView.domEventHandlers({
      paste: (event, view) => take(event.clipboardData, event, view),
      drop: (event, view) => {
        if (!event.dataTransfer || pictures(event.dataTransfer).length === 0) return false;
        const at = view.posAtCoords({ x: event.clientX, y: event.clientY });
        if (at !== null) view.dispatch({ selection: { anchor: at } });
        view.focus();
        const taken = take(event.dataTransfer, event, view);
        // The window would import it as a tool's output.
        if (taken) event.stopPropagation();
        return taken;
      },
    }),
  ]);
}
