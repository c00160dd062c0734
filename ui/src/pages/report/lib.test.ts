import { describe, expect, it } from "vitest";
import type { Problem } from "../../bindings/contract";
import { choicesOf, chosen, fileName, fileSize, grouped, moved, sectionOrder, sectionsOf, templateKey } from "./lib";
import { placeOf } from "../../state/route";

const ids = (order: { id: string }[]): string => order.map((each) => each.id).join(" ");

describe("sections", () => {
  const template = ["cover", "summary", "risks", "glossary"];
  it("keep the template's order without choices", () => {
    expect(ids(sectionOrder(template, []))).toBe("cover summary risks glossary");
  });
  it("put what was not placed behind the one before it", () => {
    const order = sectionOrder(template, [{ id: "risks", off: true }, { id: "cover", off: false }, { id: "gone", off: false }, { id: "risks", off: false }]);
    expect(ids(order)).toBe("risks glossary cover summary");
    expect(order[0]?.off).toBe(true);
  });
  it("move", () => {
    const order = sectionOrder(template, []);
    expect(ids(moved(order, "glossary", null))).toBe("glossary cover summary risks");
    expect(ids(moved(order, "cover", "risks"))).toBe("summary risks cover glossary");
    expect(ids(moved(order, "cover", "cover"))).toBe("cover summary risks glossary");
  });
});

it("keeps the choices of each template, and those of sections that are not there just now", () => {
  const all = { "audit-report": [{ id: "risks", off: true }], own: [{ id: "late", off: true }, { id: "cover", off: false }] };
  const order = [{ id: "cover", off: true }];
  expect(chosen(all, "own", order, ["cover"])).toEqual({ "audit-report": all["audit-report"], own: [{ id: "cover", off: true }, { id: "late", off: true }] });
  expect(chosen(all, "letter", order, ["cover"])).toEqual({ ...all, letter: order });
  expect(chosen(all, "own", [], ["cover"])).toEqual({ "audit-report": all["audit-report"] });
  expect(templateKey({ template: "" })).toBe("audit-report");
});

it("names templates and their sections", () => {
  const entries = [{ id: "audit-report", title: "Audit report", detail: "cover  summary" }];
  expect(sectionsOf(entries, "audit-report")).toEqual(["cover", "summary"]);
  expect(choicesOf(entries)).toEqual([{ value: "audit-report", label: "Audit report" }]);
});

it("names files safely", () => {
  expect(fileName(["Müller & Söhne / 東京", "../x", "1.0"], ".pdf", "report")).toBe("Müller-Söhne-東京_x_1.0.pdf");
  expect(fileName(["", "///"], ".pdf", "report")).toBe("report.pdf");
  expect(fileSize(2_345_678)).toEqual({ value: 2.3, unit: "MB" });
});

describe("problems", () => {
  const problem = (fields: Partial<Problem>): Problem => ({ weight: "warning", rule: "", kind: "findings", id: "1", object: "F-001", field: "", sentence: "", values: {}, message: "", ...fields });
  it("lead to the page that they concern", () => {
    expect(placeOf(problem({ kind: "engagement", object: "checklist", field: "answers" }))).toEqual({ page: "checklist" });
    expect(placeOf(problem({ field: "cause" }))).toMatchObject({ page: "findings", id: "1", field: "cause" });
  });
  it("are grouped, groups with errors first", () => {
    expect(grouped([problem({}), problem({ kind: "risks", weight: "error" }), problem({})]).map((group) => [group.kind, group.problems.length, group.errors])).toEqual([
      ["risks", 1, 1],
      ["findings", 2, 0],
    ]);
  });
});
