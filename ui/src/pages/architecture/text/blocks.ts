/** Which block of a text in the Structurizr DSL a place is in, and what the text defines. Pure. */

/** What an open brace stands for. */
export type Block =
  | "top"
  | "workspace"
  | "model"
  | "person"
  | "softwareSystem"
  | "container"
  | "component"
  | "element"
  | "environment"
  | "deploymentNode"
  | "infrastructureNode"
  | "instance"
  | "found"
  | "relationship"
  | "archetypes"
  | "archetype"
  | "views"
  | "staticView"
  | "dynamicView"
  | "imageView"
  | "filteredView"
  | "animation"
  | "step"
  | "styles"
  | "elementStyle"
  | "relationshipStyle"
  | "terminology"
  | "branding"
  | "configuration"
  | "users"
  | "properties"
  | "perspectives"
  | "skipped";

/** A word of a line, with its place in it. */
export interface Word {
  text: string;
  from: number;
  to: number;
  quoted: boolean;
}

/** The words of a line: divided by blanks, or in quotes; an unclosed quote ends with the line. */
export function wordsOf(line: string): Word[] {
  const words: Word[] = [];
  const each = /"((?:\\"|[^"])*)"?|\S+/g;
  for (let found = each.exec(line); found; found = each.exec(line)) {
    const quoted = found[0].startsWith('"');
    words.push({ text: quoted ? (found[1] ?? "") : found[0], from: found.index, to: found.index + found[0].length, quoted });
  }
  return words;
}

/** `->`, also that of an archetype: `--sync->`. */
export const isArrow = (word: string): boolean => /^-(-[\w-]+-)?>$/.test(word);

/** Whether a line says nothing to the parser. */
export const isComment = (line: string): boolean => /^\s*(\/\/|#)/.test(line);

const VIEWS: Record<string, Block> = {
  systemlandscape: "staticView",
  systemcontext: "staticView",
  container: "staticView",
  component: "staticView",
  deployment: "staticView",
  custom: "staticView",
  dynamic: "dynamicView",
  image: "imageView",
  filtered: "filteredView",
  styles: "styles",
  terminology: "terminology",
  branding: "branding",
};
const MODEL: Record<string, Block> = { person: "person", softwaresystem: "softwareSystem", element: "element", deploymentenvironment: "environment", archetypes: "archetypes", enterprise: "model" };
const NODE: Record<string, Block> = { deploymentnode: "deploymentNode", infrastructurenode: "infrastructureNode", softwaresysteminstance: "instance", containerinstance: "instance", instanceof: "instance" };

const OPENS: Partial<Record<Block, Record<string, Block>>> = {
  top: { workspace: "workspace" },
  workspace: { model: "model", views: "views", configuration: "configuration" },
  model: MODEL,
  softwareSystem: { container: "container" },
  container: { component: "component" },
  found: { container: "container", component: "component", ...NODE },
  environment: NODE,
  deploymentNode: NODE,
  views: VIEWS,
  styles: { element: "elementStyle", relationship: "relationshipStyle", light: "styles", dark: "styles" },
  staticView: { animation: "animation" },
  dynamicView: { animation: "animation" },
  imageView: { light: "imageView", dark: "imageView" },
  configuration: { users: "users" },
};
/** What a group is in: the same as around it. */
const GROUPED = new Set<Block>(["model", "softwareSystem", "container", "environment", "deploymentNode", "found"]);

/** The block that a line's brace opens, within another. */
export function opened(within: Block, words: readonly Word[]): Block {
  const start = words[1]?.text === "=" ? 2 : 0;
  const first = (words[start]?.text ?? "").toLowerCase();
  if (first === "properties" || first === "perspectives") return first;
  if (first === "!relationship" || first === "!relationships") return "relationship";
  if (first === "!element" || first === "!elements" || first === "!extend" || first === "!ref") return "found";
  if (first.startsWith("!")) return "skipped";
  if (words.some((word) => !word.quoted && isArrow(word.text))) return within === "dynamicView" ? "step" : "relationship";
  if (first === "group" && GROUPED.has(within)) return within;
  // Parallel steps.
  if (first === "{" && within === "dynamicView") return within;
  if (within === "archetypes") return "archetype";
  const known = OPENS[within]?.[first];
  if (known) return known;
  // A kind of the workspace's own: what it stands for is not looked up, so that everything an element may hold is offered.
  return GROUPED.has(within) ? "found" : "skipped";
}

interface Step {
  line: number;
  words: Word[];
  /** Blocks open before the line, the innermost last. */
  open: readonly Block[];
}

/** Goes through the lines with the blocks that are open before each; comments, scripts and text blocks are passed over. */
function* walk(lines: readonly string[]): Generator<Step> {
  const open: Block[] = ["top"];
  let comment = false;
  let textBlock = false;
  let script = false;
  for (const [line, text] of lines.entries()) {
    const plain = text.trim();
    if (comment) {
      comment = !plain.endsWith("*/");
      continue;
    }
    if (script) {
      // Its text is not DSL: it ends with the first brace that stands alone.
      script = plain !== "}";
      continue;
    }
    if (textBlock) {
      textBlock = !plain.endsWith('"""');
      continue;
    }
    if (plain.startsWith("/*")) {
      comment = !plain.endsWith("*/");
      continue;
    }
    if (plain === "" || isComment(text)) continue;
    const words = wordsOf(text);
    yield { line, words, open };
    textBlock = plain.endsWith('"""');
    script = /^!script$/i.test(words[0]?.text ?? "") && plain.endsWith("{");
    if (script) continue;
    if (words[0]?.text === "}" && open.length > 1) open.pop();
    else if (!words.at(-1)?.quoted && words.at(-1)?.text === "{") open.push(opened(open.at(-1) ?? "top", words));
  }
}

/** The blocks that are open where a line begins, the innermost last. */
export function blocksAt(text: string, line: number): Block[] {
  const lines = text.split("\n", line + 1);
  // A line that is always passed to the walk, whatever stands there.
  lines[line] = "?";
  for (const step of walk(lines)) if (step.line === line) return [...step.open];
  return ["skipped"];
}

/** An identifier with what it stands for. */
export interface Definition {
  name: string;
  /** The first word after `=`. */
  kind: string;
  /** The name in quotes after it. */
  title: string;
  /** The line, from 0. */
  line: number;
}

const NESTED = new Set<Block>(["softwareSystem", "container", "component", "environment", "deploymentNode", "found"]);

/** What the text defines, by its lines alone: also while it is no model. */
export function definitions(text: string): Definition[] {
  const found: Definition[] = [];
  const lines = text.split("\n");
  const hierarchical = lines.some((line) => /^\s*!identifiers\s+"?hierarchical/i.test(line));
  const path: string[] = [];
  for (const { line, words, open } of walk(lines)) {
    path.length = open.length;
    if (words[1]?.text !== "=" || words.length < 3) {
      path[open.length] = path[open.length - 1] && words.at(-1)?.text === "{" && /^group$/i.test(words[0]?.text ?? "") ? (path[open.length - 1] ?? "") : "";
      continue;
    }
    const own = words[0]?.text ?? "";
    const parent = path[open.length - 1] ?? "";
    const name = hierarchical && parent && NESTED.has(open.at(-1) ?? "top") ? `${parent}.${own}` : own;
    path[open.length] = name;
    if (open.includes("archetypes")) continue;
    found.push({ name, kind: words[2]?.text ?? "", title: words[3]?.quoted ? words[3].text : "", line });
  }
  return found;
}

/** Names of constants and variables that a text declares. */
export function constants(text: string): string[] {
  return [...text.matchAll(/^\s*!(?:const|var|constant)\s+"?([\w-]+)"?/gim)].map((match) => match[1] ?? "");
}

/** Tags that a text gives, for styles. */
export function tagsOf(text: string): string[] {
  const found = new Set(["Element", "Person", "Software System", "Container", "Component", "Deployment Node", "Infrastructure Node", "Relationship"]);
  const add = (list: string): void => list.split(",").forEach((tag) => tag.trim() && found.add(tag.trim()));
  // The place of the tags among the words of each kind of element.
  const at: Record<string, number> = { person: 3, softwaresystem: 3, container: 4, component: 4, deploymentnode: 4, infrastructurenode: 4, element: 4 };
  for (const { words, open } of walk(text.split("\n"))) {
    if (open.includes("styles")) continue;
    const rest = words[1]?.text === "=" ? words.slice(2) : words;
    const first = (rest[0]?.text ?? "").toLowerCase();
    if (first === "tags" || first === "tag") rest.slice(1).forEach((word) => add(word.text));
    const tags = rest[at[first] ?? -1];
    if (tags?.quoted && !open.includes("views")) add(tags.text);
  }
  return [...found];
}
