import { expect, test } from "vitest";
import { isTable, pastedRows } from "./paste";
import { fromTsv } from "./table";

const columns = [
  { field: "title", title: "Title" },
  { field: "days", title: "Days", read: (text: string) => (Number.isNaN(Number(text)) ? undefined : Number(text)) },
  { field: "note", title: "Note" },
];

test("lines become objects in the order of the columns", () => {
  expect(pastedRows(fromTsv("Redis\t2\tsoon\nPostgres\t x\t\n\t\t\n"), columns)).toEqual([{ title: "Redis", days: 2, note: "soon" }, { title: "Postgres" }]);
});

test("a heading line tells which column is which", () => {
  expect(pastedRows(fromTsv("days\tUnknown\tTITLE\n3\tx\tTraining"), columns)).toEqual([{ days: 3, title: "Training" }]);
  expect(pastedRows(fromTsv("Title\nOne\nTwo"), columns)).toEqual([{ title: "One" }, { title: "Two" }]);
  expect(pastedRows(fromTsv("Title\t7"), columns)).toEqual([{ title: "Title", days: 7 }]);
});

test("a single cell is no table", () => {
  expect(isTable(fromTsv("one"))).toBe(false);
  expect(isTable(fromTsv("one\ntwo"))).toBe(true);
  expect(isTable(fromTsv("one\ttwo"))).toBe(true);
});
