/** What scrolls is reached by Tab, so that the arrows scroll it. */
import type { Attachment } from "svelte/attachments";

/** Makes a box a stop of Tab while some of it is out of sight, and only then. For boxes that hold nothing to focus. */
export const reachable: Attachment<HTMLElement> = (box) => {
  const look = (): void => {
    if (box.scrollHeight > box.clientHeight || box.scrollWidth > box.clientWidth) box.tabIndex = 0;
    else box.removeAttribute("tabindex");
  };
  const sizes = new ResizeObserver(look);
  sizes.observe(box);
  // What stands in it may grow without the box growing.
  const content = new MutationObserver(look);
  content.observe(box, { childList: true, characterData: true, subtree: true });
  return () => {
    sizes.disconnect();
    content.disconnect();
  };
};
