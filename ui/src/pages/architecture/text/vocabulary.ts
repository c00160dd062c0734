/** The words of the Structurizr DSL: which may stand where, and which values they take. */
import type { Block } from "./blocks";

/** A keyword with what is written for it; `{…}` are its words to fill in, named by `Blank`. */
export interface Keyword {
  word: string;
  /** What follows the word: `n` name, `d` description, `t` technology, `i` identifier, `k` key, `g` tag, `v` value; `{` a block; a capital stands without quotes. */
  shape?: string;
  /** Whether something may refer to it. */
  named?: boolean;
}

const word = (text: string, shape = "", named = false): Keyword => ({ word: text, ...(shape ? { shape } : {}), ...(named ? { named } : {}) });

const TOLD = [word("description", "d"), word("tags", "g"), word("url", "V"), word("properties", "{"), word("perspectives", "{")];
const TECHNOLOGY = word("technology", "t");
const FIND = [word("!element", "I{"), word("!elements", "v{"), word("!relationship", "I{"), word("!relationships", "v{")];
const GROUP = word("group", "n{");
const NODES = [word("deploymentNode", "ndt{", true), word("infrastructureNode", "ndt", true), word("containerInstance", "I", true), word("softwareSystemInstance", "I", true), word("instanceOf", "I", true), word("deploymentGroup", "n", true)];
const CONTAINER = word("container", "ndt", true);
const COMPONENT = word("component", "ndt", true);
const OF_VIEW = [word("title", "n"), word("description", "d"), word("properties", "{"), word("default")];
const LOOKS = [word("metadata", "V"), word("description", "V"), word("opacity", "V"), word("fontSize", "V"), word("properties", "{")];
const words = (list: string, shape: string): Keyword[] => list.split(" ").map((each) => word(each, shape));

/** What may begin a line in a block. */
export const KEYWORDS: Record<Block, readonly Keyword[]> = {
  top: [word("workspace", "nd{"), word("!const", "Kv"), word("!var", "Kv")],
  workspace: [word("name", "n"), word("description", "d"), word("model", "{"), word("views", "{"), word("configuration", "{"), word("properties", "{"), word("!identifiers", "V"), word("!impliedRelationships", "V"), word("!const", "Kv"), word("!var", "Kv"), word("!include", "V"), word("!docs", "V"), word("!decisions", "V"), ...FIND],
  model: [word("person", "nd", true), word("softwareSystem", "nd{", true), word("element", "nkd", true), word("deploymentEnvironment", "n{", true), GROUP, word("archetypes", "{"), word("properties", "{"), word("!identifiers", "V"), word("!impliedRelationships", "V"), word("!const", "Kv"), word("!var", "Kv"), word("!include", "V"), ...FIND],
  person: TOLD,
  softwareSystem: [CONTAINER, GROUP, ...TOLD, word("!docs", "V"), word("!decisions", "V"), word("!include", "V"), word("!element", "I{"), word("!elements", "v{")],
  container: [COMPONENT, GROUP, TECHNOLOGY, ...TOLD, word("!docs", "V"), word("!decisions", "V"), word("!include", "V")],
  component: [TECHNOLOGY, ...TOLD],
  element: [word("metadata", "v"), ...TOLD],
  environment: [...NODES.filter((each) => !each.word.endsWith("nstance") && each.word !== "instanceOf"), GROUP],
  deploymentNode: [...NODES, GROUP, word("instances", "V"), TECHNOLOGY, ...TOLD],
  infrastructureNode: [TECHNOLOGY, ...TOLD],
  instance: [word("healthCheck", "nV"), ...TOLD],
  found: [CONTAINER, COMPONENT, ...NODES.slice(0, 4), GROUP, TECHNOLOGY, ...TOLD],
  relationship: [TECHNOLOGY, ...TOLD],
  archetypes: [...words("person softwareSystem container component deploymentNode infrastructureNode element group", "{"), word("->", "{")],
  archetype: [TECHNOLOGY, word("metadata", "v"), word("description", "d"), word("tags", "g"), word("properties", "{"), word("perspectives", "{")],
  views: [word("systemLandscape", "k{"), word("systemContext", "Ik{"), word("container", "Ik{"), word("component", "Ik{"), word("dynamic", "Ik{"), word("deployment", "IVk{"), word("filtered", "KVgk"), word("custom", "k{"), word("image", "Ik{"), word("styles", "{"), word("theme", "V"), word("themes", "V"), word("terminology", "{"), word("properties", "{")],
  staticView: [word("include", "I"), word("exclude", "I"), word("autoLayout", "V"), word("animation", "{"), ...OF_VIEW],
  dynamicView: [word("autoLayout", "V"), ...OF_VIEW],
  imageView: [word("image", "V"), word("plantuml", "V"), word("mermaid", "V"), word("kroki", "VV"), word("light", "{"), word("dark", "{"), ...OF_VIEW],
  filteredView: OF_VIEW,
  animation: [],
  step: [word("url", "V"), word("properties", "{")],
  styles: [word("element", "g{"), word("relationship", "g{"), word("light", "{"), word("dark", "{"), word("theme", "V"), word("themes", "V")],
  elementStyle: [...words("shape background color stroke strokeWidth border icon iconPosition width height", "V"), ...LOOKS],
  relationshipStyle: [...words("color thickness style routing jump width position", "V"), ...LOOKS],
  terminology: words("person softwareSystem container component deploymentNode infrastructureNode relationship metadata", "v"),
  branding: [word("logo", "V"), word("font", "n")],
  configuration: [word("scope", "V"), word("visibility", "V"), word("users", "{"), word("properties", "{")],
  users: [],
  properties: [],
  perspectives: [],
  skipped: [],
};

/** Blocks in which a line may begin with `->` or with an identifier before it. */
export const RELATES = new Set<Block>(["model", "person", "softwareSystem", "container", "component", "element", "environment", "deploymentNode", "infrastructureNode", "instance", "found", "dynamicView"]);

const BOTH = ["true", "false"];
export const SHAPES = ["Box", "RoundedBox", "Circle", "Ellipse", "Hexagon", "Diamond", "Component", "Cylinder", "Bucket", "Pipe", "Person", "Robot", "Folder", "WebBrowser", "Window", "Shell", "Terminal", "MobileDevicePortrait", "MobileDeviceLandscape"];
const COLOURS = ["#08427b", "#1168bd", "#438dd5", "#85bbf0", "#999999", "#ffffff", "#000000", "black", "white", "gray", "silver", "red", "maroon", "orange", "yellow", "olive", "green", "teal", "blue", "navy", "purple"];

/** Values that a keyword takes, in some blocks or in all. */
const VALUES: readonly { word: string; in?: readonly Block[]; values: readonly string[] }[] = [
  { word: "shape", in: ["elementStyle"], values: SHAPES },
  { word: "border", in: ["elementStyle"], values: ["solid", "dashed", "dotted"] },
  { word: "style", in: ["relationshipStyle"], values: ["solid", "dashed", "dotted"] },
  { word: "routing", in: ["relationshipStyle"], values: ["Direct", "Orthogonal", "Curved"] },
  { word: "jump", in: ["relationshipStyle"], values: BOTH },
  { word: "iconposition", in: ["elementStyle"], values: ["Top", "Bottom", "Left"] },
  { word: "metadata", in: ["elementStyle", "relationshipStyle"], values: BOTH },
  { word: "description", in: ["elementStyle", "relationshipStyle"], values: BOTH },
  { word: "metadata", in: ["terminology"], values: ["square", "round", "curly", "angle", "doubleAngle", "none"] },
  { word: "background", in: ["elementStyle"], values: COLOURS },
  { word: "stroke", in: ["elementStyle"], values: COLOURS },
  { word: "color", in: ["elementStyle", "relationshipStyle"], values: COLOURS },
  { word: "colour", in: ["elementStyle", "relationshipStyle"], values: COLOURS },
  { word: "autolayout", values: ["tb", "bt", "lr", "rl"] },
  { word: "!identifiers", values: ["hierarchical", "flat"] },
  { word: "!impliedrelationships", values: BOTH },
  { word: "scope", in: ["configuration"], values: ["landscape", "softwaresystem", "none"] },
  { word: "visibility", in: ["configuration"], values: ["private", "public"] },
  { word: "theme", values: ["default"] },
  { word: "themes", values: ["default"] },
];

/** The values that the first word of a line takes in a block; none when they are not a list. */
export function valuesOf(block: Block, first: string): readonly string[] {
  return VALUES.find((each) => each.word === first.toLowerCase() && (each.in?.includes(block) ?? true))?.values ?? [];
}

/** Every keyword in lower case, for the colours of the text. */
export const ALL: ReadonlySet<string> = new Set([
  ...Object.values(KEYWORDS).flatMap((list) => list.map((each) => each.word.toLowerCase())),
  ..."enterprise tag strokewidth colour instances animationstep dashed extends parallel".split(" "),
]);
/** Every value that stands for itself, in lower case. */
export const ATOMS: ReadonlySet<string> = new Set(VALUES.flatMap((each) => each.values.filter((value) => !value.startsWith("#")).map((value) => value.toLowerCase())));
