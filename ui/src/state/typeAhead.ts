/**
 * What is typed between asking for a new object and its field being there. On a slow machine that takes a while, and
 * letters would go nowhere, or run shortcuts. They go into a field that nobody sees, native with dead keys and
 * corrections, and from there into the real one.
 */

let catcher: HTMLTextAreaElement | null = null;

/** Begins to catch; `label` is the name of the field that is to come. */
export function catchTyping(label: string): void {
  dropTyping();
  catcher = document.createElement("textarea");
  catcher.className = "sr-only";
  catcher.setAttribute("aria-label", label);
  catcher.autocomplete = "off";
  // Nothing else is there yet to go to.
  catcher.addEventListener("keydown", (event) => event.key === "Tab" && event.preventDefault());
  document.body.append(catcher);
  catcher.focus({ preventScroll: true });
}

/** Whether something is being caught. */
export function catching(): boolean {
  return catcher !== null;
}

/** Ends catching; the text is gone. */
export function dropTyping(): void {
  catcher?.remove();
  catcher = null;
}

/** Ends catching: the text goes to the control that has the focus now, as if it had been typed there. */
export function handOverTyping(): void {
  const typed = catcher?.value ?? "";
  dropTyping();
  const target = document.activeElement;
  if (typed === "") return;
  if (target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement) {
    const line = target instanceof HTMLInputElement ? typed.replace(/\s*\n\s*/g, " ") : typed;
    target.setRangeText(line, target.selectionStart ?? target.value.length, target.selectionEnd ?? target.value.length, "end");
    target.dispatchEvent(new InputEvent("input", { bubbles: true, inputType: "insertText", data: line }));
  } else if (target instanceof HTMLElement && target.isContentEditable) {
    // What an editor takes as typed, its own undo included.
    document.execCommand("insertText", false, typed);
  }
}
