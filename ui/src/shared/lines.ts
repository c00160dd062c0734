/** Lines of text that wrap. */

/** A text without line ends (each becomes a space), and where the caret is in it. */
export function oneLine(text: string, caret: number): { text: string; caret: number } {
  const joined = (part: string): string => part.replace(/\s*[\r\n]+\s*/g, " ");
  return { text: joined(text), caret: joined(text.slice(0, caret)).length };
}

/** Makes a text box as high as what is in it, where the browser does not do so by itself. `value` says when to look anew. */
export function grows(value: string): (box: HTMLTextAreaElement) => (() => void) | undefined {
  return (box) => {
    void value;
    if (typeof CSS !== "undefined" && CSS.supports("field-sizing", "content")) return undefined;
    let width = -1;
    const fit = (): void => {
      if (box.clientWidth === width) return;
      width = box.clientWidth;
      box.style.height = "auto";
      box.style.height = `${box.scrollHeight + box.offsetHeight - box.clientHeight}px`;
    };
    fit();
    if (typeof ResizeObserver === "undefined") return undefined;
    const watch = new ResizeObserver(fit);
    watch.observe(box);
    return () => watch.disconnect();
  };
}
