/** What is done to what is selected. */
import type { ArchitectureReply, Edit, Point, ProposedPart, Rect, ViewRow } from "../../bindings/contract";
import { text } from "../../i18n/text.svelte";
import { removedToast, session, toast, undoStep } from "../../state";
import type { Editor } from "./editor.svelte";
import { align, distribute, type Alignment } from "./geometry";
import { edit } from "./lib";

/** Elements that are selected, boundaries of elements among them; groups are no elements. */
export const selectedElements = (editor: Editor): string[] => editor.selected.filter((id) => !id.startsWith("group/"));

/** Takes what is selected off the view; a relation goes with its elements, a step is taken out. */
export async function hide(editor: Editor): Promise<void> {
  const { view, selectedLine: line } = editor;
  if (!view || session.readOnly) return;
  if (line && view.kind === "dynamic") return removeStep(editor, editor.drawing?.lines.indexOf(line) ?? -1);
  if (line) return removeSelected(editor);
  const there = selectedElements(editor).filter((element) => view.elements.includes(element));
  const reply = await editor.run(there.map((element) => edit("hide", { view: view.key, element })));
  if (reply && there.length > 0) removedToast(text.architecture.hidden(there.length));
}

/** Removes what is selected from the model. */
export async function removeSelected(editor: Editor): Promise<void> {
  const line = editor.selectedLine;
  if (session.readOnly) return;
  if (line) {
    const reply = await editor.run([edit("delete_relation", { relation: line.id })]);
    if (reply) removedToast(text.architecture.relationWhat);
    return;
  }
  const parts = new Map(editor.parts?.elements.map((row) => [row.key, row.parent]));
  const chosen = selectedElements(editor);
  // What is within another goes with it.
  const outer = chosen.filter((key) => !chosen.some((other) => other !== key && isWithin(parts, key, other)));
  const reply = await editor.run(outer.map((element) => edit("delete_element", { element })));
  if (reply && outer.length > 0) removedToast(text.architecture.elementWhat(outer.length));
}

function isWithin(parents: ReadonlyMap<string, string | null>, key: string, outer: string): boolean {
  for (let up = parents.get(key), left = 20; up && left > 0; up = parents.get(up), left -= 1) if (up === outer) return true;
  return false;
}

/** Takes a step out of a dynamic view. */
export async function removeStep(editor: Editor, step: number): Promise<void> {
  const { view } = editor;
  if (!view || step < 0) return;
  if (await editor.run([edit("delete_step", { view: view.key, step })])) removedToast(text.architecture.stepWhat);
}

function rects(editor: Editor): Map<string, Rect> {
  return new Map(editor.boxesOf(editor.selected).flatMap((element): [string, Rect][] => {
    const rect = editor.rect(element);
    return rect ? [[element, rect]] : [];
  }));
}

function put(editor: Editor, at: ReadonlyMap<string, Point>): Promise<unknown> {
  if (at.size === 0 || session.readOnly) return Promise.resolve();
  editor.carry(at);
  return editor.keep();
}

export const alignSelected = (editor: Editor, how: Alignment): Promise<unknown> => put(editor, align(rects(editor), how));
export const distributeSelected = (editor: Editor, across: boolean): Promise<unknown> => put(editor, distribute(rects(editor), across));

/** Makes views of parts of a view in one step, and opens the first of them. */
export async function makeParts(
  view: ViewRow,
  parts: readonly ProposedPart[],
  run: (edits: Edit[]) => Promise<ArchitectureReply | null>,
  open: (key: string) => void,
): Promise<void> {
  const reply = await run([edit("split_view", { view: view.key })]);
  const first = parts[0];
  if (!reply || !first) return;
  open(first.key);
  const back = async (): Promise<void> => {
    await undoStep(reply.changes.step, text.architectureText.changedSince);
    open(view.key);
  };
  toast(text.architecture.madeParts(parts.length), { action: { label: text.shared.undo, run: back } });
}

/** Gives what is selected a group; none when the name is empty. */
export function group(editor: Editor, name: string): Promise<unknown> {
  const edits: Edit[] = selectedElements(editor).map((element) => edit("update_element", { element, group: name }));
  return editor.run(edits);
}
