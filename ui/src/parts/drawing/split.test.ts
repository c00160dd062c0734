import { describe, expect, it } from "vitest";
import type { ElementKind, ElementRow, ViewRow } from "../../bindings/contract";
import { partsOf, splitting } from "./split";

const row = (key: string, kind: ElementKind, environment = ""): ElementRow => ({ key, kind, name: key, description: "", technology: "", tags: [], url: "", group: null, parent: null, environment, findings: [], source: "" }) as unknown as ElementRow;
const view = (more: Partial<ViewRow>): ViewRow => ({ key: "all", kind: "container", title: "All", description: "", scope: "shop", elements: [], steps: [], placed: false, ...more });
const parts = [{ key: "all-part-1", title: "All: 1", elements: ["a", "user"] }, { key: "all-part-2", title: "All: 2", elements: ["b"] }];

describe("a view in parts", () => {
  it("is proposed where something is too much, and can be divided", () => {
    const drawing = { warnings: [{ warning: "spread" as const, factor: 2 }, { warning: "crowded" as const, elements: 40, parts }] };
    expect(partsOf(drawing, { kind: "container" })).toEqual(parts);
    const alike = { warnings: [{ warning: "crowded" as const, elements: 40, parts: parts.map((part) => ({ ...part, title: "Shop" })) }] };
    expect(partsOf(alike, { kind: "container" }).map(({ title }) => title)).toEqual(["Shop 1", "Shop 2"]);
    expect(partsOf(drawing, { kind: "dynamic" })).toEqual([]);
    expect(partsOf({ warnings: [{ warning: "small_text", points: 4, parts: [] }] }, { kind: "container" })).toEqual([]);
  });

  it("becomes views that show what is in them and nothing else", () => {
    const edits = splitting(view({}), [row("user", "person"), row("a", "container"), row("b", "container"), row("host", "deployment_node", "Live")], parts);
    expect(edits.slice(0, 4)).toEqual([
      { edit: "add_view", kind: "container", key: "all-part-1", scope: "shop", environment: "", title: "All: 1" },
      { edit: "hide", view: "all-part-1", element: "b" },
      { edit: "show", view: "all-part-1", element: "a" },
      { edit: "show", view: "all-part-1", element: "user" },
    ]);
    expect(edits.filter((each) => each.edit === "hide").map((each) => "element" in each && each.element)).toEqual(["b", "user", "a"]);
  });

  it("stays in its environment", () => {
    const elements = [row("x", "deployment_node", "Live"), row("y", "container_instance", "Live"), row("z", "deployment_node", "Test"), row("a", "container")];
    const edits = splitting(view({ kind: "deployment", scope: null, elements: ["x", "y"] }), elements, [{ key: "p", title: "P", elements: ["x"] }]);
    expect(edits[0]).toMatchObject({ edit: "add_view", environment: "Live" });
    expect(edits.slice(1)).toEqual([{ edit: "hide", view: "p", element: "y" }, { edit: "show", view: "p", element: "x" }]);
  });
});
