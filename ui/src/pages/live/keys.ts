/** What a key does in the pane of pages. */
export type PaneAct = "find" | "next-hit" | "previous-hit" | "larger" | "smaller" | "fit" | "first" | "last" | "up" | "down" | "next-page" | "previous-page";

type Key = Pick<KeyboardEvent, "key" | "ctrlKey" | "metaKey" | "altKey" | "shiftKey" | "target">;

/** Whether the key is typed into a field or chooses in a list. */
function inField(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || ["INPUT", "TEXTAREA", "SELECT"].includes(target.tagName));
}

/** The act of a key; `byPage` when the pane shows whole pages, or whole pages are asked for. */
export function paneKey(event: Key, byPage: boolean): PaneAct | null {
  const mod = event.ctrlKey || event.metaKey;
  if (mod && !event.shiftKey && !event.altKey && event.key.toLowerCase() === "f") return "find";
  if (event.key === "F3" || (mod && event.key.toLowerCase() === "g")) return event.shiftKey ? "previous-hit" : "next-hit";
  const zoomed = ({ "+": "larger", "=": "larger", "-": "smaller", "0": "fit" } as const)[event.key];
  if (zoomed && !event.altKey && (mod || !inField(event.target))) return zoomed;
  if (mod || inField(event.target)) return null;
  switch (event.key) {
    case "PageDown":
      return byPage ? "next-page" : "down";
    case "PageUp":
      return byPage ? "previous-page" : "up";
    case "Home":
      return event.altKey ? null : "first";
    case "End":
      return event.altKey ? null : "last";
    default:
      return null;
  }
}
