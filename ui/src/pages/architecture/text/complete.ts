/** What can be written next in a text of the Structurizr DSL. */
import { snippet, type Completion, type CompletionContext, type CompletionResult } from "@codemirror/autocomplete";
import { blocksAt, constants, definitions, isArrow, tagsOf, wordsOf, type Block, type Definition, type Word } from "./blocks";
import { KEYWORDS, RELATES, valuesOf, type Keyword } from "./vocabulary";

/** Words of the window that are written to be replaced. */
export interface Blanks {
  identifier: string;
  name: string;
  description: string;
  technology: string;
  key: string;
  tag: string;
  value: string;
}

/** What is offered at a place, and from where on it replaces what stands there. */
export interface Offer {
  from: number;
  options: Completion[];
}

const EXPRESSIONS = ["*", "element.type==", "element.tag==", "element.technology==", "element.parent==", "element.group==", "relationship.tag==", "relationship==*"];
/** Kinds of element that the second word of a view or an instance names. */
const SCOPES: Record<string, readonly string[]> = {
  systemcontext: ["softwaresystem"],
  container: ["softwaresystem"],
  component: ["container"],
  containerinstance: ["container"],
  softwaresysteminstance: ["softwaresystem"],
  instanceof: ["container", "softwaresystem"],
};
const RUNS = new Set(["deploymentnode", "infrastructurenode", "containerinstance", "softwaresysteminstance", "instanceof"]);
const NO_ELEMENTS = new Set(["deploymentenvironment", "deploymentgroup", "group"]);

/** What is filled in for a letter of a keyword's shape; `${}` are places of the cursor. */
function filled(letter: string, blanks: Blanks): string {
  const quoted = (text: string): string => `"\${${text}}"`;
  switch (letter) {
    case "n":
      return quoted(blanks.name);
    case "d":
      return quoted(blanks.description);
    case "t":
      return quoted(blanks.technology);
    case "k":
      return quoted(blanks.key);
    case "g":
      return quoted(blanks.tag);
    case "v":
      return quoted(blanks.value);
    case "I":
      return `\${${blanks.identifier}}`;
    case "K":
      return `\${${blanks.key}}`;
    default:
      return "${}";
  }
}

/** What is written for a keyword, as a template. `named` asks for an identifier before it. */
export function templateOf(keyword: Keyword, blanks: Blanks, named: boolean): string {
  const shape = keyword.shape ?? "";
  const words = [...shape.replace("{", "")].map((letter) => filled(letter, blanks));
  const start = named && keyword.named ? `\${${blanks.identifier}} = ` : "";
  return `${start}${[keyword.word, ...words].join(" ")}${shape.endsWith("{") ? " {\n\t${}\n}" : ""}`;
}

function keywords(block: Block, blanks: Blanks, named: boolean): Completion[] {
  return KEYWORDS[block].map((keyword) => ({
    label: keyword.word,
    type: "keyword",
    detail: [...(keyword.shape ?? "").replace("{", "")].map((letter) => filled(letter, blanks).replace(/[${}]/g, "")).filter(Boolean).join(" "),
    apply: (view, completion, from, to) => snippet(templateOf(keyword, blanks, named))(view, completion, from, to),
  }));
}

const plain = (labels: readonly string[], type: string): Completion[] => labels.map((label) => ({ label, type }));

/** Identifiers of the model, those of the text with what they stand for. */
export function identifiers(known: readonly string[], defined: readonly Definition[], kinds?: readonly string[]): Completion[] {
  const byName = new Map(defined.map((each) => [each.name, each]));
  const names = kinds ? [] : known.filter((name) => !byName.has(name));
  const fitting = [...byName.values()].filter(({ kind }) => (kinds ? kinds.includes(kind.toLowerCase()) : !NO_ELEMENTS.has(kind.toLowerCase())));
  return [...fitting.map(({ name, kind, title }) => ({ label: name, type: "variable", detail: [kind, title].filter(Boolean).join(" ") })), ...plain(names, "variable")];
}

/** Whether a word stands in quotes that are not closed before the cursor. */
const isOpen = (line: string, word: Word | undefined): boolean => word !== undefined && word.quoted && !(word.to - word.from > 1 && line.slice(0, word.to).endsWith('"'));

/** What fits at a place of a text. `known` are the identifiers that the core told of. */
export function offered(text: string, at: number, known: readonly string[], blanks: Blanks): Offer | null {
  const start = text.lastIndexOf("\n", at - 1) + 1;
  const before = text.slice(start, at);
  if (/^\s*(\/\/|#|\/\*)/.test(before)) return null;
  const line = text.slice(0, start).split("\n").length - 1;
  const open = blocksAt(text, line);
  const block = open.at(-1) ?? "top";
  const written = wordsOf(before);
  const typing = before !== "" && !/\s$/.test(before) ? written.at(-1) : isOpen(before, written.at(-1)) ? written.at(-1) : undefined;
  const done = typing ? written.slice(0, -1) : written;
  const from = start + (typing?.from ?? before.length);

  const constant = /\$\{([\w-]*)$/.exec(before);
  if (constant) return { from: at - (constant[1]?.length ?? 0), options: constants(text).map((name) => ({ label: name, type: "constant", apply: `${name}${text[at] === "}" ? "" : "}"}` })) };
  if (typing?.quoted) {
    const tags = (block === "styles" && done.length === 1) || (done.length === 1 && /^tags?$/i.test(done[0]?.text ?? ""));
    return tags ? { from: from + 1, options: plain(tagsOf(text), "text") } : null;
  }

  const assigned = done[1]?.text === "=";
  const rest = assigned ? done.slice(2) : done;
  const first = (rest[0]?.text ?? "").toLowerCase();
  const last = done.at(-1)?.text ?? "";
  // A name can be used behind the line that defines it, and nowhere before.
  const all = definitions(text);
  const defined = all.filter((each) => each.line < line);
  const later = new Set(all.filter((each) => each.line >= line).map(({ name }) => name));
  const usable = known.filter((name) => !later.has(name));
  // What runs is named only where it runs, and on views.
  const running = open.includes("environment") || open.includes("views");
  const fitting = running ? defined : defined.filter(({ kind }) => !RUNS.has(kind.toLowerCase()));
  const named = (kinds?: readonly string[]): Completion[] => identifiers(usable, fitting, kinds);

  if (rest.length === 0) {
    const options = keywords(block, blanks, !assigned);
    if (block === "animation") return { from, options: named() };
    if (!assigned && RELATES.has(block)) options.push(...named(), { label: "->", type: "operator" });
    return { from, options };
  }
  if (isArrow(last)) return { from, options: named() };
  const values = valuesOf(block, first);
  if (values.length > 0) return rest.length === 1 ? { from, options: plain(values, "constant") } : null;
  if (first === "include" || first === "exclude") return { from, options: [...named(), ...plain(EXPRESSIONS, "operator"), { label: "->", type: "operator" }] };
  if (block === "animation") return { from, options: named() };
  if (block === "views" || block === "deploymentNode" || block === "found") {
    const kinds = SCOPES[first];
    if (rest.length === 1 && (kinds ?? null)) return { from, options: named(kinds) };
    if (rest.length === 1 && (first === "dynamic" || first === "image")) return { from, options: [...plain(["*"], "operator"), ...named(["softwaresystem", "container"])] };
    if (rest.length === 1 && first === "deployment") return { from, options: [...plain(["*"], "operator"), ...named(["softwaresystem"])] };
    if (rest.length === 2 && first === "deployment") return { from, options: defined.filter(({ kind }) => /^deploymentenvironment$/i.test(kind)).map(({ name, title }) => ({ label: name, type: "variable", detail: title })) };
  }
  if (/^!(element|relationship|extend|ref)$/.test(first)) return { from, options: named() };
  if (block === "styles" && rest.length === 1) return { from, options: tagsOf(text).map((tag) => ({ label: tag, type: "text", apply: /^\w+$/.test(tag) ? tag : `"${tag}"` })) };
  // After an identifier, what it needs.
  if (!assigned && rest.length === 1 && RELATES.has(block) && defined.some(({ name }) => name === last)) return { from, options: [{ label: "->", type: "operator" }] };
  return null;
}

/** The same for CodeMirror: by itself while a word is typed, after a blank where names belong, or when it is asked for. */
export function dslCompletion(known: () => readonly string[], blanks: () => Blanks) {
  return (context: CompletionContext): CompletionResult | null => {
    const line = context.state.doc.lineAt(context.pos);
    const before = line.text.slice(0, context.pos - line.from);
    if (!context.explicit && !/[\w.!"{*>-]$/.test(before) && !/(->|\b(in|ex)clude|nstance|instanceOf|shape|border|routing|autoLayout|style)\s+$/i.test(before)) return null;
    if (!context.explicit && /(^|\s)[{}]$/.test(before)) return null;
    const offer = offered(context.state.doc.toString(), context.pos, known(), blanks());
    return offer && offer.options.length > 0 ? { ...offer, validFor: /^[\w.!-]*$/ } : null;
  };
}
