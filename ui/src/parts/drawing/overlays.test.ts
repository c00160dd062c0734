import { describe, expect, it } from "vitest";
import { diagramKind, diagramOf, firstOverlay, overlaysOf } from "./overlays";

const view = { key: "containers", kind: "container", title: "Containers", description: "All in one process" } as const;

describe("a view in the report", () => {
  it("takes its kind, title, caption and place from the view", () => {
    expect(diagramOf({ id: "a1", target: false }, view, "Six containers")).toEqual({
      title: "Containers",
      kind: "container",
      target: false,
      architecture: "a1",
      view: "containers",
      overlay: "findings",
      perspective: "",
      caption: "All in one process",
      alt: "Six containers",
    });
    expect(diagramOf({ id: "a1", target: false }, { ...view, title: "" }, "").title).toBe("containers");
  });

  it("maps every kind of view", () => {
    expect((["system_landscape", "system_context", "component", "deployment", "dynamic", "custom", "filtered", "image"] as const).map(diagramKind)).toEqual(["landscape", "context", "component", "deployment", "dynamic", "other", "other", "other"]);
  });

  it("shows findings on what was found, and only where a whole is seen", () => {
    expect(firstOverlay("system_context", false)).toBe("findings");
    expect(firstOverlay("container", true)).toBe("none");
    expect(firstOverlay("deployment", false)).toBe("none");
    expect(firstOverlay("dynamic", false)).toBe("none");
  });

  it("offers a perspective only where there is one", () => {
    expect(overlaysOf({ perspectives: [] })).not.toContain("perspective");
    expect(overlaysOf(undefined)).not.toContain("perspective");
    expect(overlaysOf({ perspectives: ["Security"] })).toContain("perspective");
  });
});
