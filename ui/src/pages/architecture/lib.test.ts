import { describe, expect, it } from "vitest";
import type { Drawing, DrawnBoundary, DrawnBox, ElementKind, ElementRow, Rect, RelationRow, ViewKind, ViewRow } from "../../bindings/contract";
import { blank } from "./files";
import { edgesOf, nodesOf, restored, type Naming } from "./flow";
import { boxesIn, creatable, edit, findingNumber, grown, newAt, placing, sameElement, savedAt, showable, spoken, standsFor } from "./lib";
import { named } from "../../parts/elements.svelte";

const drawnBox = (element: string, rect: Rect, saved: [number, number], parent: number | null = null): DrawnBox => ({ element, id: "1", kind: "container", name: element, parent, rect, saved, marks: [], alt: element, shapes: [] });
const drawnBoundary = (element: string | null, rect: Rect, parent: number | null = null): DrawnBoundary => ({ element, id: "", kind: element ? "software_system" : "group", name: element ?? "Group", parent, rect, label: { x: 0, y: 0, w: 10, h: 10 }, marks: [], alt: "", shapes: [] });
const drawing = {
  key: "containers",
  scale: 0.375,
  origin: { x: 0, y: 3 },
  boundaries: [drawnBoundary("shop", { x: 90, y: 80, w: 420, h: 140 }), drawnBoundary(null, { x: 95, y: 90, w: 120, h: 100 }, 0)],
  boxes: [
    drawnBox("shop.web", { x: 100, y: 100, w: 100, h: 80 }, [200, 300], 1),
    drawnBox("shop.api", { x: 400, y: 100, w: 100, h: 100 }, [1000, 300], 0),
    drawnBox("buyer", { x: 100, y: 0, w: 100, h: 60 }, [200, 0]),
  ],
  lines: [
    { id: "7", order: "1", source: "buyer", destination: "shop.web", points: [], manual: false, label: null, alt: "buyer → web", shapes: [] },
    { id: "7", order: "2", source: "buyer", destination: "shop.web", points: [], manual: false, label: null, alt: "buyer → web again", shapes: [] },
    { id: "8", order: "", source: "shop.web", destination: "shop", points: [], manual: false, label: null, alt: "web → shop", shapes: [] },
    { id: "9", order: "", source: "shop.web", destination: "gone", points: [], manual: false, label: null, alt: "web → gone", shapes: [] },
  ],
} as unknown as Drawing;

const row = (key: string, kind: ElementKind, more: Partial<ElementRow> = {}): ElementRow => ({ key, kind, name: key, description: "", technology: "", tags: [], url: "", group: null, parent: null, environment: "", source: null, findings: [], ...more });
const elements = [
  row("buyer", "person"),
  row("shop", "software_system"),
  row("bank", "software_system"),
  row("shop.web", "container", { parent: "shop", technology: "Svelte", findings: [1, 4] }),
  row("shop.api", "container", { parent: "shop" }),
  row("bank.ledger", "container", { parent: "bank" }),
  row("live/node", "deployment_node", { environment: "Live" }),
  row("test/node", "deployment_node", { environment: "Test" }),
];
const view = (kind: ViewKind, keys: string[], more: Partial<ViewRow> = {}): ViewRow => ({ key: kind, kind, title: kind, description: "", scope: null, elements: keys, steps: [], placed: false, ...more });

describe("places", () => {
  it("are in Structurizr's pixels: so far from what is saved as the box was moved", () => {
    expect(savedAt(drawing, drawing.boxes[0] as DrawnBox, { x: 100, y: 100 })).toEqual([200, 300]);
    expect(savedAt(drawing, drawing.boxes[0] as DrawnBox, { x: 137.5, y: 81.25 })).toEqual([300, 250]);
    // A box 450 by 300 about the middle; a person is 400 by 400.
    expect(newAt(drawing, "container", { x: 375, y: 378 })).toEqual([775, 850]);
    expect(newAt(drawing, "person", { x: 375, y: 378 })).toEqual([800, 800]);
  });

  it("of what the layout put are all kept with the first that is moved, later only what is moved", () => {
    const at = new Map([["buyer", { x: 137.5, y: 0 }]]);
    expect(placing(drawing, false, at)).toEqual({ edit: "place", view: "containers", elements: { buyer: [300, 0], "shop.web": [200, 300], "shop.api": [1000, 300] } });
    expect(placing(drawing, true, at)).toEqual({ edit: "place", view: "containers", elements: { buyer: [300, 0] } });
  });

  it("of a boundary are those of what is in it, however deep, and it grows with them", () => {
    expect(boxesIn(drawing, 0).map((box) => box.element)).toEqual(["shop.web", "shop.api"]);
    expect(boxesIn(drawing, 1).map((box) => box.element)).toEqual(["shop.web"]);
    expect(grown(drawing, 0, new Map([["buyer", { x: 0, y: 0 }]]))).toBeNull();
    expect(grown(drawing, 0, new Map([["shop.api", { x: 500, y: 150 }]]))).toEqual({ x: 90, y: 80, w: 520, h: 190 });
    expect(grown(drawing, 1, new Map([["shop.web", { x: 110, y: 90 }]]))).toEqual({ x: 105, y: 80, w: 120, h: 100 });
  });
});

describe("nodes and edges", () => {
  const naming: Naming = { kind: (kind) => `the ${kind}`, findings: (count) => `${count} findings`, element: () => "element", boundary: () => "boundary", relation: () => "relation" };

  it("lie in their order, are named for who does not see them, and keep what was selected", () => {
    const nodes = nodesOf(drawing, { elements, relations: [], views: [], environments: [], perspectives: [] }, naming);
    expect(nodes.map(({ id, type }) => `${type} ${id}`)).toEqual(["boundary shop", "boundary group/1", "box shop.web", "box shop.api", "box buyer"]);
    const [outer, inner, web] = nodes;
    expect(outer?.zIndex).toBeLessThan(inner?.zIndex ?? 0);
    expect(web?.ariaLabel).toBe("shop.web, the container, Svelte; 2 findings");
    const edges = edgesOf(drawing);
    // A line to a boundary is one, a line to what is not on the view is none, and a step of its own is a line of its own.
    expect(edges.map(({ source, target }) => `${source} ${target}`)).toEqual(["buyer shop.web", "buyer shop.web", "shop.web shop"]);
    expect(new Set(edges.map(({ id }) => id)).size).toBe(3);
    expect((inner?.zIndex ?? 0) < (edges[0]?.zIndex ?? 0) && (edges[0]?.zIndex ?? 0) < (web?.zIndex ?? 0)).toBe(true);
    const again = restored(nodes, [{ id: "buyer", selected: true }, { id: "shop" }] as typeof nodes);
    expect(again.filter((node) => node.selected).map((node) => node.id)).toEqual(["buyer"]);
  });

  it("are said in a sentence", () => {
    expect(spoken({ name: "API", technology: "Node.js" }, "container", "2 findings")).toBe("API, container, Node.js; 2 findings");
    expect(spoken({ name: "Buyer", technology: "" }, "person", "")).toBe("Buyer, person");
  });
});

describe("what is valid on a view", () => {
  it("is made within what the view is about first, or in what is selected", () => {
    const here = creatable(view("container", ["shop.web"], { scope: "bank" }), elements, undefined);
    expect(here.map(({ kind }) => kind)).toEqual(["container", "person", "software_system"]);
    expect(here[0]?.parents.map(({ key }) => key)).toEqual(["bank", "shop"]);
    expect(creatable(view("container", [], { scope: "bank" }), elements, "shop")[0]?.parents[0]?.key).toBe("shop");
    expect(creatable(view("component", []), elements, undefined)[0]?.parents.map(({ key }) => key)).toEqual(["shop.web", "shop.api", "bank.ledger"]);
    expect(creatable(view("image", []), elements, undefined)).toEqual([]);
  });

  it("runs in the environment of the view, and is an instance of something", () => {
    const here = creatable(view("deployment", ["live/node"]), elements, undefined);
    expect(here.map(({ kind }) => kind)).toEqual(["deployment_node", "infrastructure_node", "container_instance", "software_system_instance"]);
    expect(here[1]?.parents.map(({ key }) => key)).toEqual(["live/node"]);
    expect(here[2]?.of.map(({ key }) => key)).toEqual(["shop.web", "shop.api", "bank.ledger"]);
    expect(creatable(view("deployment", []), [row("shop", "software_system")], undefined).map(({ kind }) => kind)).toEqual(["deployment_node"]);
  });

  it("can be shown when it is not there yet and fits", () => {
    expect(showable(view("container", ["buyer"], { scope: "shop" }), elements).map(({ key }) => key)).toEqual(["bank", "shop.web", "shop.api", "bank.ledger"]);
    expect(showable(view("system_context", ["buyer"]), elements).map(({ key }) => key)).toEqual(["shop", "bank"]);
    expect(showable(view("deployment", ["live/node"]), elements).map(({ key }) => key)).toEqual(["test/node"]);
  });
});

describe("names", () => {
  it("lead to an element by its key, or by what it is called", () => {
    expect(named([row("a", "person", { name: "b" }), row("b", "person")], "b")?.key).toBe("b");
    expect(named([row("a", "person", { name: "Buyer" })], "Buyer")?.key).toBe("a");
    expect(named(elements, "nobody")).toBeUndefined();
    expect(findingNumber("F-014")).toBe(14);
    expect(findingNumber("none")).toBeNaN();
  });

  it("follow an element whose key an edit changed", () => {
    const after = elements.map((each) => (each.key === "bank" ? { ...each, key: "bank1" } : each));
    expect(sameElement(elements, after, "bank")).toBe("bank1");
    expect(sameElement(elements, after, "shop")).toBe("shop");
    expect(sameElement(elements, after.slice(1), "bank")).toBeUndefined();
  });

  it("of relations that a line stands for are those between what is within its ends", () => {
    const relation = (id: string, source: string, destination: string): RelationRow => ({ id, source, destination, description: "", technology: "", tags: [] });
    const relations = [relation("1", "buyer", "shop.web"), relation("2", "shop.api", "bank.ledger"), relation("3", "buyer", "bank")];
    expect(standsFor({ source: "buyer", destination: "shop" }, elements, relations).map(({ id }) => id)).toEqual(["1"]);
    expect(standsFor({ source: "shop", destination: "bank" }, elements, relations).map(({ id }) => id)).toEqual(["2"]);
  });
});

describe("edits", () => {
  it("say what is given alone", () => {
    expect(edit("hide", { view: "a", element: "b" })).toEqual({ edit: "hide", view: "a", element: "b" });
  });

  it("a model to begin with quotes what a client is called", () => {
    expect(blank('Shop "24" \\ Co\nLtd', "User", "Uses")).toContain('system = softwareSystem "Shop \\"24\\" \\\\ Co Ltd"');
  });
});
