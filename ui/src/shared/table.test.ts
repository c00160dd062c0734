import { describe, expect, it } from "vitest";
import { between, choicesOf, filterRows, fittingColumns, fromTsv, leastOf, sortRows, toTsv, trackOf, type Column, windowed } from "./table";

interface Row {
  id: string;
  title: string;
  weight: number | null;
}
const rows: Row[] = [
  { id: "a", title: "Pool of 10", weight: 2 },
  { id: "b", title: "pool of 9", weight: null },
  { id: "c", title: "Ärger\t\"x\"", weight: 1 },
];
const columns: Column<Row>[] = [
  { id: "title", title: "Title", value: (row) => row.title },
  { id: "weight", title: "Weight", value: (row) => row.weight, filter: "choice" },
];
const ids = (some: Row[]) => some.map((row) => row.id).join("");

describe("rows", () => {
  it("filter by all words, without case and accents, and by choices", () => {
    expect(ids(filterRows(rows, columns, "POOL 9", {}))).toBe("b");
    expect(ids(filterRows(rows, columns, "arger", {}))).toBe("c");
    expect(ids(filterRows(rows, columns, "pool", { weight: "2" }))).toBe("a");
    expect(choicesOf(columns[1] as Column<Row>, rows)).toEqual(["2", "1"]);
  });

  it("sort numbers as numbers, empty last either way", () => {
    expect(ids(sortRows(rows, columns, { column: "weight", down: false }))).toBe("cab");
    expect(ids(sortRows(rows, columns, { column: "weight", down: true }))).toBe("acb");
    expect(ids(sortRows(rows, columns, { column: "title", down: false }))).toBe("cba");
  });

  it("go to a spreadsheet and come back", () => {
    const cells = fromTsv(toTsv(rows, columns));
    expect(cells[0]).toEqual(["Title", "Weight"]);
    expect(cells[3]).toEqual(['Ärger\t"x"', "1"]);
    expect(fromTsv("a\tb\r\nc\t\r\n")).toEqual([["a", "b"], ["c", ""]]);
  });
});

it("draws what is seen and a little more", () => {
  expect(windowed(2000, 30, 3000, 600, 5)).toEqual({ from: 95, to: 125 });
  expect(windowed(3, 30, 0, 600)).toEqual({ from: 0, to: 3 });
  expect(windowed(3, 30, 9000, 600).to).toBe(3);
});

it("selects between two rows either way", () => {
  expect(between(["a", "b", "c"], "c", "b")).toEqual(["b", "c"]);
  expect(between(["a", "b"], "gone", "b")).toEqual(["b"]);
});

describe("the least width of a track", () => {
  it("is the first of a minmax, or the width itself", () => {
    expect(leastOf("minmax(14rem, 1fr)")).toBe("14rem");
    expect(leastOf("8rem")).toBe("8rem");
    expect(leastOf(undefined)).toBe("12rem");
  });
});

it("the last columns give way until the title can be read", () => {
  const columns = [
    { id: "number", title: "No.", value: () => 1, width: "4rem" },
    { id: "severity", title: "Severity", value: () => "", width: "6rem" },
    { id: "title", title: "Title", value: () => "", width: "minmax(18rem, 1fr)" },
    { id: "state", title: "State", value: () => "", width: "6rem" },
    { id: "owner", title: "Owner", value: () => "", width: "8rem" },
  ];
  const ids = (width: number, sorted?: string): string => fittingColumns(columns, width, sorted).map((column) => column.id).join(" ");
  expect(ids(60)).toBe("number severity title state owner");
  expect(ids(42)).toBe("number severity title state");
  expect(ids(42, "owner")).toBe("number severity title owner");
  expect(ids(20)).toBe("number severity title");
  expect(fittingColumns([columns[0]!, columns[1]!, columns[3]!, columns[2]!], 20).map((column) => column.id).join(" ")).toBe("number severity title");
  expect(ids(0)).toBe("number severity title state owner");
  expect(trackOf(columns[2]!, true)).toBe("minmax(min(18rem, 9rem), 1fr)");
  expect(leastOf(trackOf(columns[2]!, true))).toBe("min(18rem, 9rem)");
  expect(trackOf(columns[0]!, true)).toBe("4rem");
});
