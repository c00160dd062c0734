import { describe, expect, it } from "vitest";
import type { Answer, Pack, Proposal, Verdict } from "../../bindings/contract";
import { awaits, checkItems, differs, grouped, hasWords, inFilter, neededFor, personOf, progressOf, stepped, toggled } from "./checks";

const packs: Pack[] = [
  {
    id: "health",
    sections: [
      { id: "1", title: "Speed", checks: [{ id: "1.1", title: "Reads", threshold: { text: "p99 below 200 ms" } }, { id: "1.2", title: "Writes" }] },
      { id: "2", title: "Nothing", checks: [] },
      { id: "3", title: "Größe", checks: [{ id: "3.1", title: "Pool", person: "Only people know.", person_in: { de: "Das wissen nur Menschen." } }] },
    ],
  },
  { id: "maturity", areas: [{ id: "1", title: "Design", checks: [{ id: "1.1", title: "Style" }] }] },
];
const proposal = (verdict: Verdict): Proposal => ({ verdict, value: 300, unit: "ms", subject: "", reason: "p99 is 300 ms", sources: [], conflicting: false });
const answer = (check: string, verdict: Verdict, proposed: Verdict | null, more: Partial<Answer> = {}): Answer => ({
  id: check,
  pack: "health",
  check,
  status: verdict === "not_assessed" ? "open" : "done",
  verdict,
  value: null,
  unit: "",
  choices: [],
  blanks: {},
  note: "",
  reason: "",
  override_reason: "",
  sources: [],
  author: "",
  confirmed_at: null,
  proposal: proposed ? proposal(proposed) : null,
  ...more,
});
const items = checkItems(packs, [answer("1.1", "pass", "fail"), answer("1.2", "not_assessed", "improve"), answer("3.1", "not_applicable", "not_assessed")]);

describe("checks", () => {
  it("know how their pack reads what answers keep", () => {
    const german = checkItems([{ ...packs[1], words: { Monolith: "Monolith", Hybrid: "Gemischt" } }], []);
    expect(german.map((item) => item.words.Hybrid)).toEqual(["Gemischt"]);
    expect(items.every((item) => Object.keys(item.words).length === 0)).toBe(true);
  });

  it("are all there, with the answer of the very pack", () => {
    expect(items.map((item) => item.key)).toEqual(["health/1.1", "health/1.2", "health/3.1", "maturity/1.1"]);
    expect(items[3]?.answer).toBeUndefined();
    expect(grouped(items).map((group) => [group.title, group.items.length])).toEqual([["Speed", 2], ["Größe", 1], ["Design", 1]]);
  });

  it("tell what is proposed and what differs", () => {
    expect(items.map(differs)).toEqual([true, false, false, false]);
    expect(items.map(awaits)).toEqual([false, true, false, false]);
  });

  it("are found by filter and words", () => {
    const of = (filter: Parameters<typeof inFilter>[1]): string[] => items.filter((item) => inFilter(item, filter)).map((item) => item.key);
    expect(of("open")).toEqual(["health/1.2", "maturity/1.1"]);
    expect(of("unassessed")).toEqual(["health/1.2", "maturity/1.1"]);
    expect(of("differs")).toEqual(["health/1.1"]);
    expect(of("failed")).toEqual([]);
    expect(items.filter((item) => hasWords(item, "GROSSE")).length).toBe(0);
    expect(items.filter((item) => hasWords(item, "größe pool")).length).toBe(1);
    expect(items.filter((item) => hasWords(item, "200 ms")).length).toBe(1);
  });

  it("say why only a person can answer, in the language asked for or in the pack's", () => {
    expect(["en", "de", "fr"].map((language) => personOf(items[2] as (typeof items)[0], language))).toEqual(["Only people know.", "Das wissen nur Menschen.", "Only people know."]);
    expect(personOf(items[0] as (typeof items)[0], "de")).toBe("");
    expect(items.filter((item) => hasWords(item, "nur menschen"))).toHaveLength(1);
  });

  it("count how far a section is", () => {
    expect(progressOf(items)).toEqual({ pass: 1, fail: 0, improve: 0, notApplicable: 1, assessed: 2, total: 4 });
  });

  it("ask for the reasons that the core asks for", () => {
    const [first, second, third] = items as [(typeof items)[0], (typeof items)[0], (typeof items)[0]];
    expect(neededFor(first, "fail")).toEqual({ reason: false, override: false });
    expect(neededFor(second, "not_applicable")).toEqual({ reason: true, override: true });
    expect(neededFor(second, "not_assessed")).toEqual({ reason: false, override: false });
    expect(neededFor(third, "pass")).toEqual({ reason: false, override: false });
  });
});

describe("stepped", () => {
  it("stays among those shown", () => {
    expect(stepped(["a", "b"], undefined, 1)).toBe("a");
    expect(stepped(["a", "b"], "b", 1)).toBe("b");
    expect(stepped(["a", "b"], "gone", -1)).toBe("b");
    expect(stepped([], "a", 1)).toBeUndefined();
  });
});

describe("toggled", () => {
  const offered = ["REST", "gRPC", "GraphQL"];
  it("keeps one of the choices, or several in their order, and what was written beside them", () => {
    expect(toggled(["REST"], "GraphQL", offered, false)).toEqual(["GraphQL"]);
    expect(toggled(["GraphQL", "Files"], "REST", offered, true)).toEqual(["REST", "GraphQL", "Files"]);
    expect(toggled(["REST", "Files"], "gRPC", offered, false)).toEqual(["gRPC", "Files"]);
    expect(toggled(["REST", "Files"], "REST", offered, true)).toEqual(["Files"]);
  });
});
