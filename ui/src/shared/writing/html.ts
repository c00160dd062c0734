/**
 * HTML of a clipboard (Word, Google Docs, web pages) as Markdown. It is parsed into a document of its own, which runs
 * nothing and loads nothing, and never enters the window's.
 */
import { PLAIN, escapedStart, written, type Marks, type Run } from "./runs";
import { cellText, writeTable } from "./tables";

const SKIPPED = new Set(["script", "style", "head", "title", "meta", "link", "template", "noscript", "iframe", "object", "embed", "svg", "math", "button", "select", "textarea", "input", "audio", "video", "canvas", "img", "picture"]);
const BLOCKS = new Set(["address", "article", "aside", "blockquote", "body", "center", "dd", "details", "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "nav", "ol", "p", "pre", "section", "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul"]);

const tag = (node: Node): string => (node.nodeType === 1 ? (node as Element).localName.toLowerCase() : "");
const style = (node: Node): string => (node.nodeType === 1 ? ((node as Element).getAttribute("style") ?? "").toLowerCase() : "");
const hidden = (node: Node): boolean => /display:\s*none|mso-hide:\s*all|mso-list:\s*ignore/.test(style(node));
const isBlock = (node: Node): boolean => BLOCKS.has(tag(node));
const holdsBlock = (node: Node): boolean => [...node.childNodes].some((child) => isBlock(child) || (child.nodeType === 1 && holdsBlock(child)));

/** Only addresses that a reader of a report can follow. */
function address(element: Element): string {
  try {
    const url = new URL(element.getAttribute("href") ?? "");
    return ["http:", "https:", "mailto:"].includes(url.protocol) ? url.href : "";
  } catch {
    return "";
  }
}

function marksOf(element: Element, marks: Marks): Marks {
  const name = tag(element);
  const look = style(element);
  const next = { ...marks };
  if (name === "b" || name === "strong" || /(?<![-\w])font-weight:\s*(bold|[6-9]00)/.test(look)) next.strong = true;
  // Google Docs wraps everything in a <b> that is not bold.
  if (/(?<![-\w])font-weight:\s*(normal|[1-5]00)/.test(look)) next.strong = false;
  if (name === "i" || name === "em" || name === "cite" || /(?<![-\w])font-style:\s*italic/.test(look)) next.em = true;
  if (/(?<![-\w])font-style:\s*normal/.test(look)) next.em = false;
  if (name === "s" || name === "del" || name === "strike" || /text-decoration[^;]*line-through/.test(look)) next.strike = true;
  if (["code", "kbd", "samp", "tt"].includes(name) || /font-family:[^;]*(monospace|consolas|courier|menlo|monaco)/.test(look)) next.code = true;
  if (name === "a") next.href = address(element) || marks.href;
  return next;
}

function runs(node: Node, marks: Marks, into: Run[]): void {
  for (const child of node.childNodes) {
    if (child.nodeType === 3) into.push({ ...marks, text: (child.nodeValue ?? "").replace(/[\s\u00a0]+/g, " ") });
    if (child.nodeType !== 1 || SKIPPED.has(tag(child)) || hidden(child)) continue;
    if (tag(child) === "br") into.push({ ...marks, text: "\n" });
    else {
      // A block inside text, as in a table's cell: a space between.
      if (isBlock(child)) into.push({ ...PLAIN, text: " " });
      runs(child, marksOf(child as Element, marks), into);
      if (isBlock(child)) into.push({ ...PLAIN, text: " " });
    }
  }
}

function inline(node: Node, marks: Marks = PLAIN, breaks?: string): string {
  const found: Run[] = [];
  runs(node, marks, found);
  return written(found, breaks);
}

function paragraph(text: string): string[] {
  return text === "" ? [] : [escapedStart(text)];
}

const indented = (text: string, by: string): string => text.replace(/\n(?=[^\n])/g, `\n${by}`);

interface Item {
  level: number;
  mark: string;
  text: string;
}

/** Items with their depth as a list; a deeper item stands under the text of the one above. */
function listed(items: readonly Item[]): string {
  const indents: string[] = [];
  const counts: number[] = [];
  return items
    .map(({ level, mark, text }, index) => {
      const depth = Math.min(level, index === 0 ? 0 : indents.length);
      indents.length = depth;
      counts.length = Math.min(counts.length, depth + 1);
      counts[depth] = (counts[depth] ?? 0) + 1;
      const sign = mark === "1." ? `${counts[depth]}.` : mark;
      const before = indents.join("");
      indents.push(" ".repeat(sign.length + 1));
      return before + sign + " " + indented(text, indents.join(""));
    })
    .join("\n");
}

/** The items of a list, those of inner lists deeper. Google Docs puts inner lists beside the items. */
function itemsOf(list: Element, level: number): Item[] {
  const mark = tag(list) === "ol" ? "1." : "-";
  const items: Item[] = [];
  for (const child of list.children) {
    if (["ul", "ol"].includes(tag(child))) {
      items.push(...itemsOf(child, level + 1));
      continue;
    }
    if (SKIPPED.has(tag(child))) continue;
    const own = child.cloneNode(true) as Element;
    const inner = [...child.children].filter((each) => ["ul", "ol"].includes(tag(each)));
    for (const each of [...own.children]) if (["ul", "ol"].includes(tag(each))) each.remove();
    const box = own.querySelector("input[type=checkbox]");
    const tick = box ? (box.hasAttribute("checked") ? "[x] " : "[ ] ") : "";
    const text = holdsBlock(own) ? blocks(own).join("\n\n") : inline(own);
    if (text !== "" || inner.length === 0) items.push({ level, mark, text: tick + text });
    for (const each of inner) items.push(...itemsOf(each, level + 1));
  }
  return items;
}

/** A paragraph that Word means as an item of a list. */
function wordItem(node: Node): Item | null {
  const found = /mso-list:\s*l\d+\s+level(\d+)/.exec(style(node));
  if (!found || tag(node) !== "p") return null;
  const sign = [...(node as Element).querySelectorAll("span")].find((span) => /mso-list:\s*ignore/.test(style(span)))?.textContent?.trim() ?? "";
  return { level: Number(found[1]) - 1, mark: /^\(?([0-9]+|[a-z]|[ivxlc]+)[.)]/i.test(sign) ? "1." : "-", text: inline(node) };
}

function table(element: Element): string[] {
  const rows = [...element.querySelectorAll("tr")]
    .filter((row) => row.closest("table") === element && !hidden(row))
    .map((row) => {
      const cells: string[] = [];
      for (const cell of row.children) {
        if (!["td", "th"].includes(tag(cell))) continue;
        // A head is shown bold by being the head.
        const text = cellText(inline(cell, PLAIN, " "));
        cells.push(tag(cell) === "th" ? text.replace(/^\*\*(.*)\*\*$/, "$1") : text);
        for (let more = Number(cell.getAttribute("colspan") ?? 1); more > 1 && more < 100; more -= 1) cells.push("");
      }
      return cells;
    })
    .filter((cells) => cells.some((cell) => cell !== ""));
  // One cell, or one column of them, is how pages and mails are laid out.
  if (rows.every((row) => row.length < 2)) return [...element.querySelectorAll("td, th")].filter((cell) => cell.closest("table") === element).flatMap((cell) => blocks(cell));
  const caption = [...element.children].find((child) => tag(child) === "caption");
  return [...(caption ? paragraph(inline(caption)) : []), writeTable(rows)];
}

function block(node: Element): string[] {
  const name = tag(node);
  const level = /^h([1-6])$/.exec(name)?.[1] ?? (/\bMsoTitle\b/.test(node.className) ? "1" : undefined);
  if (level) {
    const text = inline(node, PLAIN, " ").replace(/^\*\*([^*]*)\*\*$/, "$1");
    return text === "" ? [] : [`${"#".repeat(Number(level))} ${text}`];
  }
  if (name === "ul" || name === "ol") {
    const items = itemsOf(node, 0);
    return items.length > 0 ? [listed(items)] : [];
  }
  if (name === "table") return table(node);
  if (name === "hr") return ["---"];
  if (name === "pre") {
    const code = (node.textContent ?? "").replace(/\u00a0/g, " ").replace(/^\n+|\s+$/g, "");
    const fence = "`".repeat(Math.max(3, ...[...code.matchAll(/`+/g)].map((match) => match[0].length + 1)));
    return code === "" ? [] : [`${fence}\n${code}\n${fence}`];
  }
  if (name === "blockquote") {
    const inner = blocks(node).join("\n\n");
    return inner === "" ? [] : [inner.replace(/^/gm, "> ").replace(/^> $/gm, ">")];
  }
  return blocks(node);
}

/** The blocks of an element; text beside blocks is a paragraph of its own. */
function blocks(parent: Node, marks: Marks = PLAIN): string[] {
  const out: string[] = [];
  let loose: Run[] = [];
  let items: Item[] = [];
  const flush = (): void => {
    if (items.length > 0) out.push(listed(items));
    out.push(...paragraph(written(loose)));
    loose = [];
    items = [];
  };
  for (const child of parent.childNodes) {
    if (child.nodeType === 3) {
      const text = (child.nodeValue ?? "").replace(/[\s\u00a0]+/g, " ");
      if (text.trim() !== "" && items.length > 0) flush();
      loose.push({ ...marks, text });
      continue;
    }
    if (child.nodeType !== 1 || SKIPPED.has(tag(child)) || hidden(child)) continue;
    const item = wordItem(child);
    if (item) {
      if (items.length === 0) flush();
      items.push(item);
    } else if (isBlock(child)) {
      flush();
      out.push(...block(child as Element));
    } else if (holdsBlock(child)) {
      flush();
      out.push(...blocks(child, marksOf(child as Element, marks)));
    } else if (tag(child) === "br") loose.push({ ...marks, text: "\n" });
    else {
      if (items.length > 0) flush();
      runs({ childNodes: [child] } as unknown as Node, marks, loose);
    }
  }
  flush();
  return out;
}

/** HTML as Markdown; empty when it says nothing. */
export function htmlToMarkdown(html: string): string {
  const body = new DOMParser().parseFromString(html, "text/html").body;
  return blocks(body).join("\n\n").replace(/\n{3,}/g, "\n\n").trim();
}
