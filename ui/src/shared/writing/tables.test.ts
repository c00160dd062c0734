import { describe, expect, it } from "vitest";
import { aligned, cellAt, cellText, isSpreadsheet, readSpreadsheet, readTable, spreadsheetTable, width, writeTable } from "./tables";

const SOURCE = "| Name | n |\n|:--|--:|\n| a \\| b | 12 |\n|  | `x` |";

describe("reading", () => {
  it("finds the cells with their places", () => {
    const table = readTable(SOURCE);
    expect(table?.alignments).toEqual(["left", "right"]);
    expect(table?.rows.map((row) => row.map((cell) => cell.text))).toEqual([["Name", "n"], ["a \\| b", "12"], ["", "`x`"]]);
    for (const row of table?.rows ?? []) for (const cell of row) expect(SOURCE.slice(cell.from, cell.to)).toBe(cell.text);
    expect(table && cellAt(table, SOURCE.indexOf("12") + 1)).toEqual({ row: 1, column: 1 });
  });

  it("takes tables without outer bars and refuses what is none", () => {
    expect(readTable("a | b\n---|---\n1 | 2")?.rows[1]?.map((cell) => cell.text)).toEqual(["1", "2"]);
    expect(readTable("a | b\nc | d")).toBeNull();
    expect(readTable("a | b\n---\n1 | 2")).toBeNull();
  });
});

describe("writing", () => {
  it("puts the columns under each other, and again the same", () => {
    const table = readTable(SOURCE);
    const text = table ? aligned(table) : "";
    expect(text).toBe("| Name   |   n |\n| :----- | --: |\n| a \\| b |  12 |\n|        | `x` |");
    const again = readTable(text);
    expect(again && aligned(again)).toBe(text);
  });

  it("counts what is seen", () => {
    expect(width("Größe")).toBe(5);
    expect(width("数据🙂")).toBe(6);
    expect(writeTable([["a"]])).toBe("| a   |\n| --- |");
  });
});

describe("a spreadsheet's block", () => {
  it("is told from text", () => {
    expect(isSpreadsheet("a\tb\n1\t2")).toBe(true);
    expect(isSpreadsheet("a\tb\r\n1\t2\r\n")).toBe(true);
    expect(isSpreadsheet("\tif x:\n\t\tpass")).toBe(false);
    expect(isSpreadsheet("just words")).toBe(false);
    expect(isSpreadsheet("a\tb\nonly one")).toBe(false);
  });

  it("keeps quoted line ends in their cell", () => {
    expect(readSpreadsheet('a\t"two\nlines ""q"""\nb\t5" disk')).toEqual([["a", 'two\nlines "q"'], ["b", '5" disk']]);
  });

  it("becomes a table with numbers to the right", () => {
    expect(spreadsheetTable("Endpoint\tp95\n/pay|v2\t1,250 ms\n/cart\t90 ms")).toBe(
      "| Endpoint |      p95 |\n| -------- | -------: |\n| /pay\\|v2 | 1,250 ms |\n| /cart    |    90 ms |",
    );
  });
});

it("keeps a cell on its line", () => {
  expect(cellText(" a|b\n c \\| d ")).toBe("a\\|b c \\| d");
});
