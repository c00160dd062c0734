import { describe, expect, it } from "vitest";
import type { Diagram, ViewRow } from "../../../bindings/contract";
import { lost, placeAfter, reportRows } from "./lib";

const view = (key: string): ViewRow => ({ key, kind: "container", title: key, description: "", scope: null, elements: [], steps: [], placed: false });
const diagram = (id: string, architecture: string | null, key: string): Diagram => ({ id, architecture, view: key, rank: 0, title: id, kind: "container", target: false, image: null, overlay: "none", perspective: "", caption: "", alt: "", description: "" });

const views = [view("context"), view("containers"), view("live")];
const diagrams = [diagram("d0", null, ""), diagram("d1", "a", "live"), diagram("d2", "b", "context"), diagram("d3", "a", "context"), diagram("d4", "a", "live"), diagram("d5", "a", "gone")];

describe("views in the report", () => {
  it("lists the printed ones in the report's order, each as often as it is printed, then the others", () => {
    expect(reportRows(views, diagrams, "a").map((row) => [row.view.key, row.diagram?.id ?? null])).toEqual([
      ["live", "d1"],
      ["context", "d3"],
      ["live", "d4"],
      ["containers", null],
    ]);
  });

  it("knows the diagrams whose view is gone", () => {
    expect(lost(views, diagrams, "a").map(({ id }) => id)).toEqual(["d5"]);
    expect(lost(views, diagrams, "b")).toEqual([]);
  });

  it("moves one past its neighbour, whatever other diagrams stand between", () => {
    const rows = reportRows(views, diagrams, "a");
    expect(placeAfter(rows, diagrams, "d3", -1)).toBe("d0");
    expect(placeAfter(rows, diagrams, "d3", 1)).toBe("d4");
    expect(placeAfter(rows, diagrams, "d1", -1)).toBeUndefined();
    expect(placeAfter(rows, diagrams, "d4", 1)).toBeUndefined();
    const first = diagrams.slice(1);
    expect(placeAfter(reportRows(views, first, "a"), first, "d3", -1)).toBeNull();
  });
});
