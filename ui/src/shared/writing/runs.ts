/** Stretches of pasted text with their marks, and how they are written in Markdown. */

export interface Marks {
  strong: boolean;
  em: boolean;
  strike: boolean;
  code: boolean;
  /** Address of a link; empty when it is none. */
  href: string;
}
export interface Run extends Marks {
  /** `\n` is a line end that stays one. */
  text: string;
}

export const PLAIN: Marks = { strong: false, em: false, strike: false, code: false, href: "" };

/** Signs that would be read as markup, made literal; only where they would be. */
export function escaped(text: string): string {
  return text
    .replace(/\\(?=[!-/:-@[-`{-~])/g, "\\\\")
    .replace(/[*`]/g, "\\$&")
    .replace(/(?<![\p{L}\p{N}_])_|_(?![\p{L}\p{N}_])/gu, "\\_")
    .replace(/~~/g, "\\~~")
    .replace(/\[(?=[^\]]*\](\(|\[|:))|\[(?=[\^[])/g, "\\[")
    .replace(/<(?=[a-z/!?])/gi, "\\<")
    .replace(/&(?=#?\w+;)/g, "\\&");
}

/** A paragraph's beginning that would be read as a heading, a list, a quotation or a rule, made literal. */
export function escapedStart(line: string): string {
  return line
    .replace(/^(#{1,6}|[-+>])(?=\s|$)/, "\\$1")
    .replace(/^(\d{1,9})([.)])(?=\s|$)/, "$1\\$2")
    .replace(/^(-{3,}|={3,}|~{3,})\s*$/, "\\$1");
}

function coded(text: string): string {
  const longest = Math.max(0, ...[...text.matchAll(/`+/g)].map((match) => match[0].length));
  const fence = "`".repeat(longest + 1);
  const space = text.startsWith("`") || text.endsWith("`") ? " " : "";
  return fence + space + text + space + fence;
}

function marked(run: Run): string {
  const [, before = "", inside = "", after = ""] = /^(\s*)([\s\S]*?)(\s*)$/.exec(run.text) ?? [];
  if (inside === "") return before + after;
  let text = run.code ? coded(inside.replace(/\n/g, " ")) : escaped(inside);
  if (run.em) text = `*${text}*`;
  if (run.strong) text = `**${text}**`;
  if (run.strike) text = `~~${text}~~`;
  return before + text + after;
}

const same = (a: Marks, b: Marks): boolean => a.strong === b.strong && a.em === b.em && a.strike === b.strike && a.code === b.code && a.href === b.href;

/** Joins neighbours of the same marks, and gives each space to one of them only. */
function joined(runs: readonly Run[]): Run[] {
  const out: Run[] = [];
  for (const run of runs) {
    const last = out.at(-1);
    let text = run.text;
    if (last?.text.endsWith("\n")) text = text.replace(/^ +/, "");
    else if (last?.text.endsWith(" ")) text = text.replace(/^ +/, "");
    if (text.startsWith("\n") && last) last.text = last.text.replace(/ +$/, "");
    if (text === "") continue;
    if (last && (same(last, run) || (text.trim() === "" && last.href === run.href))) last.text += text;
    else out.push({ ...run, text });
  }
  return out;
}

/** Runs as Markdown. Line ends become hard ones, or `breaks`. */
export function written(runs: readonly Run[], breaks = "\\\n"): string {
  const all = joined(runs);
  let out = "";
  for (let at = 0; at < all.length; ) {
    const href = all[at]?.href ?? "";
    let text = "";
    while (at < all.length && (all[at]?.href ?? "") === href) text += marked(all[at++] as Run);
    const shown = text.trim();
    if (href === "" || shown === "") out += text;
    else {
      const bare = shown.replaceAll("\\", "") === href;
      const lead = text.slice(0, text.length - text.trimStart().length);
      const trail = text.slice(text.trimEnd().length);
      out += `${lead}${bare ? `<${href}>` : `[${shown.replace(/\n/g, " ")}](${href.replace(/[\s()<>]/g, encodeURIComponent).replace(/[()]/g, (sign) => (sign === "(" ? "%28" : "%29"))})`}${trail}`;
    }
  }
  return out.trim().replace(/[ \t]*\n[ \t]*/g, breaks);
}
