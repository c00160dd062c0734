import { describe, expect, it } from "vitest";
import type { Phase, Role } from "../../bindings/contract";
import { budgetOf, cellsOf, monthOf, numberOf, peopleOf, writingOf } from "./paste";

const role = (name: string): Role => ({ id: name, rank: 0, name, seniority: "", skills: [], day_rate: 0 });
const phase = (number: number, name: string): Phase => ({ id: `p${number}`, number, name }) as Phase;

describe("cells", () => {
  it("come from spreadsheets and from files", () => {
    expect(cellsOf("a\tb\n\n1,5\t2\n")).toEqual([["a", "b"], ["1,5", "2"]]);
    expect(cellsOf('a;"b;c"\n1,5;2')).toEqual([["a", "b;c"], ["1,5", "2"]]);
    expect(cellsOf('a,"1,250.50"\nb,3')).toEqual([["a", "1,250.50"], ["b", "3"]]);
  });
});

describe("numbers", () => {
  it("are read as the table writes them", () => {
    expect(writingOf(["", "x", "1.234,56"], "en")).toBe("de");
    expect(writingOf(["1,234.56"], "de")).toBe("en");
    expect(writingOf(["0,5"], "en")).toBe("de");
    expect(writingOf(["0.125"], "de")).toBe("en");
    expect(writingOf(["1.234.567"], "en")).toBe("de");
    expect(writingOf(["1.234", "12"], "de")).toBe("de");
    expect(numberOf("1.234,56 €", "de")).toBe(1234.56);
    expect(numberOf("EUR 1,234.56", "en")).toBe(1234.56);
    expect(numberOf("1.200,–", "de")).toBe(1200);
    expect(numberOf("–", "de")).toBeNull();
    expect(numberOf("viel", "de")).toBe("wrong");
  });
});

it("knows months as they are headed", () => {
  for (const heading of ["2026-03", "03/2026", "3.2026", "Mar 26", "Mär 2026", "March 2026", "März 26", "mar-26", "01.03.2026", "2026-03-01"]) expect(monthOf(heading), heading).toBe("2026-03-01");
  for (const heading of ["Role", "", "13/2026", "March", "2026"]) expect(monthOf(heading), heading).toBeNull();
});

describe("people", () => {
  it("come from a grid of roles and months, equal neighbours as one line", () => {
    const grid = "Rolle\tName\tJan 26\tFeb 26\tMär 26\tApr 26\nArchitekt\tAda\t0,5\t0,5\t\t1\nDBA\t\t50 %\t0,25\tviel\t0";
    const told = peopleOf(cellsOf(grid), [role("architekt")], "en");
    expect(told.roles).toEqual(["DBA"]);
    expect(told.lines).toEqual([
      { role: "architekt", line: { name: "Ada", fte: 0.5, from: "2026-01-01", to: "2026-02-28" } },
      { role: "architekt", line: { name: "Ada", fte: 1, from: "2026-04-01", to: "2026-04-30" } },
      { role: "DBA", line: { name: "", fte: 0.5, from: "2026-01-01", to: "2026-01-31" } },
      { role: "DBA", line: { name: "", fte: 0.25, from: "2026-02-01", to: "2026-02-28" } },
    ]);
    expect(told.faults).toEqual([{ row: 3, column: 5, text: "viel" }]);
  });
  it("come from a list with headings in any order", () => {
    const told = peopleOf(cellsOf("Day rate;Role;From;To;FTE\n1.150,00;DBA;01.02.2026;2026-03-31;0,8\n;;;;\nx;Lead;;;"), [], "de");
    expect(told.lines).toEqual([
      { role: "DBA", line: { name: "", fte: 0.8, from: "2026-02-01", to: "2026-03-31", day_rate: 115000 } },
      { role: "Lead", line: { name: "", fte: 1, from: null, to: null } },
    ]);
    expect(told.faults).toEqual([{ row: 3, column: 1, text: "x" }]);
  });
});

describe("cost lines", () => {
  it("come with headings", () => {
    const told = budgetOf(cellsOf("Item\tPhase\tLow\tLikely\tHigh\tYearly\nLicences\t2\t1,000\t1,250.50\t2,000\t\nTravel\tStabilise\t\t800\t\t1,200"), [phase(1, "Stabilise"), phase(2, "Scale")], "en");
    expect(told.lines).toEqual([
      { title: "Licences", category: "", phase: "p2", once: { low: 100000, likely: 125050, high: 200000 }, yearly: { low: 0, likely: 0, high: 0 }, note: "" },
      { title: "Travel", category: "", phase: "p1", once: { low: 80000, likely: 80000, high: 80000 }, yearly: { low: 120000, likely: 120000, high: 120000 }, note: "" },
    ]);
    expect(told.faults).toEqual([]);
  });
  it("come without headings, in German numbers", () => {
    const told = budgetOf(cellsOf("Lizenzen\tSoftware\t1.234,56 €\t99,00\nReisen\tSpesen\tca. 5\t"), [], "en");
    expect(told.lines[0]).toMatchObject({ title: "Lizenzen", category: "Software", once: { likely: 123456 }, yearly: { likely: 9900 } });
    expect(told.faults).toEqual([{ row: 2, column: 3, text: "ca. 5" }]);
  });
});

it("reads an amount of people with its unit, in either language", () => {
  expect(numberOf("0.5 FTE", "en")).toBe(0.5);
  expect(numberOf("0,5 VZÄ", "de")).toBe(0.5);
});
