/** The little Markdown of packs and rubrics, as parts to be drawn: paragraphs, lists, code, emphasis. Nothing becomes HTML. */
export interface Span {
  text: string;
  as: "text" | "code" | "strong" | "em";
}
export type Block = { as: "p"; spans: Span[] } | { as: "ul" | "ol"; items: Span[][] } | { as: "pre"; text: string };

/** Emphasis and code within a line. */
export function spans(text: string): Span[] {
  const found: Span[] = [];
  let from = 0;
  for (const match of text.matchAll(/`([^`]+)`|\*\*([^*]+)\*\*|(?<![\w*])\*([^*\s][^*]*)\*(?![\w*])|\[([^\]]+)\]\([^)\s]+\)/g)) {
    if (match.index > from) found.push({ text: text.slice(from, match.index), as: "text" });
    const [whole, code, strong, em, link] = match;
    if (code !== undefined) found.push({ text: code, as: "code" });
    else if (strong !== undefined) found.push({ text: strong, as: "strong" });
    else if (em !== undefined) found.push({ text: em, as: "em" });
    else found.push({ text: link ?? whole, as: "text" });
    from = match.index + whole.length;
  }
  if (from < text.length) found.push({ text: text.slice(from), as: "text" });
  return found;
}

/** The blocks of a text. */
export function blocks(text: string): Block[] {
  const all: Block[] = [];
  let fence: string[] | null = null;
  let open = false;
  for (const line of text.replaceAll("\r\n", "\n").split("\n")) {
    if (fence) {
      if (/^```/.test(line)) {
        all.push({ as: "pre", text: fence.join("\n") });
        fence = null;
      } else fence.push(line);
      continue;
    }
    if (/^```/.test(line)) {
      fence = [];
      open = false;
      continue;
    }
    const item = /^\s*(?:([-*+])|\d+[.)])\s+(.*)$/.exec(line);
    const last = all.at(-1);
    if (line.trim() === "") open = false;
    else if (item) {
      const as = item[1] ? "ul" : "ol";
      if (last && last.as === as) last.items.push(spans(item[2] ?? ""));
      else all.push({ as, items: [spans(item[2] ?? "")] });
      open = true;
    } else if (open && last && last.as === "p") last.spans.push({ text: " ", as: "text" }, ...spans(line.trim()));
    else if (open && last && (last.as === "ul" || last.as === "ol")) last.items.at(-1)?.push({ text: " ", as: "text" }, ...spans(line.trim()));
    else {
      all.push({ as: "p", spans: spans(line.replace(/^#+\s+/, "").trim()) });
      open = true;
    }
  }
  if (fence) all.push({ as: "pre", text: fence.join("\n") });
  return all;
}
