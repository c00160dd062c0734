import { describe, expect, it } from "vitest";
import type { EvidenceLink, Finding } from "../../bindings/contract";
import { areasOf, asParagraph, copied, countLinks, imageMarkdown, imageName, lastRank, linksOf, lookAlikes } from "./lib";

const finding = (id: string, title: string, more: Partial<Finding> = {}): Finding => ({ id, title, kind: "gap", number: 1, rank: 1, area: "", editorial: "approved", ...more }) as Finding;
const link = (id: string, of: string, target: string, rank = 0): EvidenceLink => ({ id, finding: of, target, target_kind: "measurement", rank, note: "" });

describe("links", () => {
  const links = [link("1", "a", "m1", 2), link("2", "b", "m1"), link("3", "a", "m2", 1), link("4", "a", "m3", 1)];
  it("are those of the finding by rank, equal ones as they come", () => expect(linksOf(links, "a").map((each) => each.id)).toEqual(["3", "4", "1"]));
  it("are counted", () => expect([...countLinks(links)]).toEqual([["a", 3], ["b", 1]]));
});

describe("lookAlikes", () => {
  const one = finding("a", "Seven of ten foreign keys have no index");
  it("finds titles with most words in common", () =>
    expect(lookAlikes(one, [one, finding("b", "Ten foreign keys without an index, seven large"), finding("c", "Foreign services fail")], []).map((each) => each.id)).toEqual(["b"]));
  it("finds the very same evidence", () =>
    expect(lookAlikes(one, [finding("b", "Joins are slow"), finding("c", "Disk is full")], [link("1", "a", "m"), link("2", "b", "m"), link("3", "c", "m"), link("4", "c", "n")]).map((each) => each.id)).toEqual(["b"]));
  it("keeps strengths and gaps apart", () => expect(lookAlikes(one, [finding("b", one.title, { kind: "strength" })], [])).toEqual([]));
  it("says nothing about empty titles", () => expect(lookAlikes(finding("a", ""), [finding("b", "")], [])).toEqual([]));
});

describe("copied", () => {
  it("leaves out what tells two findings apart", () => {
    const copy = copied(finding("a", "Title", { area: "Database", retests: [{ at: null, outcome: "fixed", files: [], values: [] }] }), "Title (copy)");
    expect(copy).toMatchObject({ title: "Title (copy)", area: "Database", editorial: "draft" });
    expect("id" in copy || "number" in copy || "rank" in copy || "retests" in copy).toBe(false);
  });
});

it("puts new ones last", () => {
  expect(lastRank([])).toBe(1);
  expect(lastRank([{ rank: 3.5 }, { rank: -1 }])).toBe(4.5);
});

it("names each area once", () => {
  expect(areasOf([{ sections: [{ title: "Database" }], areas: [{ title: "Security" }, {}] }], [finding("a", "", { area: "Database" }), finding("b", "", { area: "Own" })])).toEqual(["Database", "Security", "Own"]);
});

describe("pictures", () => {
  it("keep brackets out of the caption", () => expect(imageMarkdown("plan", "The [new]\nplan")).toBe("![The  new  plan](image:plan)"));
  it("are called after their file, once each", () => {
    expect(imageName("C:\\shots\\Mein Plan (3).png", [])).toBe("Mein-Plan-3");
    expect(imageName("/tmp/plan.png", ["plan", "plan-2"])).toBe("plan-3");
    expect(imageName("/tmp/???.png", [])).toBe("image");
  });
  it("stand in a paragraph of their own", () => {
    expect(asParagraph("", 0, "X")).toEqual({ insert: "X\n", caret: 2 });
    expect(asParagraph("ab", 1, "X")).toEqual({ insert: "\n\nX\n\n", caret: 6 });
    expect(asParagraph("a\n\nb", 3, "X").insert).toBe("X\n\n");
    expect(asParagraph("a\n\nb", 1, "X").insert).toBe("\n\nX");
  });
});
