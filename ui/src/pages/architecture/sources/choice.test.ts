import { describe, expect, it } from "vitest";
import { left, nameOf, shortPath, takeable, taken } from "./choice";
import type { Preview } from "./contract";

const element = (id: string, parent: string | null): Preview["elements"][number] => ({ id, kind: "container", name: id.toUpperCase(), parent, technology: "", source: "f", place: "" });
const preview: Preview = {
  elements: [element("system", null), element("api", "system"), element("db", "shop")],
  relations: [
    { id: "r1", source: "api", destination: "db", description: "", technology: "", from_file: "f" },
    { id: "r2", source: "shop.web", destination: "shop.api", description: "", technology: "", from_file: "f" },
  ],
  filled: [{ id: "f1", element: "shop.web", field: "technology", value: "nginx", source: "f" }],
  matches: [],
  conflicts: [],
};

describe("what is taken of the sources", () => {
  it("lists all that can be taken", () => {
    expect(takeable(preview)).toEqual(["system", "api", "db", "r1", "r2", "f1"]);
  });

  it("brings along what a thing needs", () => {
    expect([...taken(preview, new Set(), ["api"])].sort()).toEqual(["api", "system"]);
    expect([...taken(preview, new Set(), ["r1"])].sort()).toEqual(["api", "db", "r1", "system"]);
    expect([...taken(preview, new Set(), ["r2", "f1"])].sort()).toEqual(["f1", "r2"]);
  });

  it("leaves what cannot be without it", () => {
    expect([...left(preview, new Set(takeable(preview)), ["system"])].sort()).toEqual(["db", "f1", "r2"]);
    expect([...left(preview, new Set(takeable(preview)), ["r1"])].sort()).toEqual(["api", "db", "f1", "r2", "system"]);
  });

  it("ends with elements that are within each other", () => {
    const round: Preview = { ...preview, elements: [element("a", "b"), element("b", "a")], relations: [], filled: [] };
    expect([...taken(round, new Set(), ["a"])].sort()).toEqual(["a", "b"]);
    expect([...left(round, new Set(["a", "b"]), ["a"])]).toEqual([]);
  });

  it("calls things by their names", () => {
    const names = new Map([["shop.web", "Web"]]);
    expect([nameOf(preview, names, "api"), nameOf(preview, names, "shop.web"), nameOf(preview, names, "x"), nameOf(preview, names, null)]).toEqual(["API", "Web", "x", ""]);
    expect(shortPath("/a/b/c/compose.yaml")).toBe("…/c/compose.yaml");
    expect(shortPath("compose.yaml")).toBe("compose.yaml");
  });
});
