import { describe, expect, it } from "vitest";
import type { FileReport, Mapping, MetricUnits, TableShape } from "../../bindings/contract";
import { alike, byArea, complete, mayBeTable, roleOf, samplesOf, undecided, withMetric, withRole, withValue, wordsInTheWay, wordsOf } from "./mapping";

const shape: TableShape = {
  delimiter: ",",
  decimal_comma: false,
  columns: [
    { name: "Time", kind: "time", unit: "", blank: 0 },
    { name: "p99", kind: "number", unit: "s", blank: 1 },
    { name: "route", kind: "text", unit: "", blank: 0 },
    { name: "errors", kind: "number", unit: "%", blank: 0 },
  ],
  rows: 3,
  first_rows: [["07:31", "", "/a", "1"], ["07:32", "2", "/b", "2"], ["07:33", "3", "/c", "3"], ["07:34", "4", "/d", "4"]],
  mapping: { id: "", name: "", header: [], decimal_comma: false, nothing: [], time: null, subject: null, values: [] },
};
const empty: Mapping = { ...shape.mapping, name: "board", header: ["Time", "errors", "p99", "route"], time: "Time" };
const vocabulary: MetricUnits[] = [
  { name: "http.latency.p99", unit: "ms", meaning: "", units: ["ms", "s"] },
  { name: "http.failed.ratio", unit: "ratio", meaning: "", units: ["ratio", "%"] },
  { name: "db.connections", unit: "count", meaning: "", units: ["count"] },
];

describe("the role of a column", () => {
  it("is one at a time, and there is one time and one subject", () => {
    expect(["Time", "p99"].map((column) => roleOf(empty, column))).toEqual(["time", "none"]);
    const other = withRole(empty, "route", "time", shape);
    expect([roleOf(other, "Time"), roleOf(other, "route")]).toEqual(["none", "time"]);
    const subject = withRole(other, "route", "subject", shape);
    expect([subject.time, subject.subject]).toEqual([null, "route"]);
    expect(withRole(subject, "route", "none", shape)).toMatchObject({ time: null, subject: null, values: [] });
  });

  it("as a value stands in the order of the table and keeps what was chosen of it", () => {
    const last = withRole(empty, "errors", "value", shape);
    const both = withRole(last, "p99", "value", shape);
    expect(both.values.map((value) => value.column)).toEqual(["p99", "errors"]);
    const chosen = withValue(both, "errors", { aggregation: "mean", subject: "/all" });
    expect(withRole(chosen, "errors", "value", shape).values[1]).toMatchObject({ aggregation: "mean", subject: "/all" });
    expect(roleOf(withRole(chosen, "errors", "time", shape), "errors")).toBe("time");
  });
});

describe("a metric", () => {
  const values = withRole(withRole(empty, "p99", "value", shape), "errors", "value", shape);
  it("takes the unit that the column tells where it is one of its own", () => {
    expect(withMetric(values, "p99", "http.latency.p99", vocabulary, shape).values[0]).toMatchObject({ metric: "http.latency.p99", unit: "s" });
    expect(withMetric(values, "p99", "db.connections", vocabulary, shape).values[0]).toMatchObject({ unit: "" });
    const chosen = withValue(values, "p99", { unit: "ms" });
    expect(withMetric(chosen, "p99", "http.latency.p99", vocabulary, shape).values[0]?.unit).toBe("ms");
  });
  it("that is not chosen is not tried", () => {
    const one = withMetric(values, "errors", "http.failed.ratio", vocabulary, shape);
    expect(undecided(one)).toEqual(["p99"]);
    expect(complete(one).values.map((value) => value.column)).toEqual(["errors"]);
  });
  it("stands below the first part of its name", () => {
    expect(byArea(vocabulary).map(([area, metrics]) => [area, metrics.length])).toEqual([["http", 2], ["db", 1]]);
  });
});

it("the first cells of a column are those with something in them", () => {
  expect(samplesOf(shape, 1, 2)).toEqual(["2", "3"]);
  expect(samplesOf(shape, 9)).toEqual([]);
});

it("words for no value are told apart and offered by how often they stand in the way", () => {
  expect(wordsOf(" outage; n/m,, outage ")).toEqual(["outage", "n/m"]);
  const refused = ["outage", "gap", "outage", "12 apples"].map((cell) => ({ cell, fault: "no_number" }));
  expect(wordsInTheWay([...refused, { cell: "soon", fault: "no_time" }, { cell: "much", fault: "no_share" }])).toEqual([
    { word: "outage", times: 2 },
    { word: "gap", times: 1 },
    { word: "soon", times: 1 },
  ]);
});

it("one mapping is for all files of an import with the same columns that were not read", () => {
  const file = (path: string, columns: string[], outcome: FileReport["outcome"] = "refused"): FileReport =>
    ({ path, outcome, table: columns.length > 0 ? { ...shape, columns: columns.map((name) => ({ name, kind: "number", unit: "", blank: 0 })) } : null }) as FileReport;
  const files = [file("a", ["x", "y"]), file("b", ["y", "x"]), file("c", ["x"]), file("d", ["x", "y"], "imported"), file("e", [])];
  expect(alike(files, "a")).toEqual(["a", "b"]);
  expect(alike(files, "e")).toEqual(["e"]);
  expect(alike(files, "/elsewhere")).toEqual(["/elsewhere"]);
});

it("tables are known by their name or by how they were read", () => {
  expect(["a.CSV", "b.tsv.gz", "c.json", "d.csv.json"].map((name) => mayBeTable({ name, format: "locust" }))).toEqual([true, true, false, false]);
  expect(mayBeTable({ name: "export", format: "table" })).toBe(true);
});
