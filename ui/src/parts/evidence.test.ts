import { describe, expect, it } from "vitest";
import type { Candidate, EvidenceFacts, Measurement, Note } from "../bindings/contract";
import { measuredText, pieceFrom, piecesOf, type Sources } from "./evidence";

const none: Sources = { artifacts: [], measurements: [], issues: [], candidates: [], answers: [], images: [], notes: [], exhibits: [] };
const measurement = (id: string, value: number, unit: string, text = ""): Measurement => ({ id, artifact: "a", metric: "http.latency.p99", value, unit, subject: "GET /board", at: "line 3", text });
const number = (value: number): string => String(value);
const day = (value: string | null): string => value ?? "";

describe("measuredText", () => {
  it("shows units, shares as percent, truth as such and raw text as it is", () => {
    expect(measuredText(measurement("m", 200, "ms"), number)).toBe("200 ms");
    expect(measuredText(measurement("m", 7, "count"), number)).toBe("7");
    expect(measuredText(measurement("m", 0.25, "ratio"), number)).toBe("25 %");
    expect(measuredText(measurement("m", 1, "bool"), number)).toBe("true");
    expect(measuredText(measurement("m", 0, "count", "allkeys-lru"), number)).toBe("allkeys-lru");
  });
});

it("names the file and the place of a measurement", () => {
  const sources: Sources = { ...none, artifacts: [{ id: "a", name: "wrk.txt" }] as unknown as Sources["artifacts"], measurements: [measurement("m1", 1, "s"), measurement("m2", 2, "s")] };
  const named = { label: "http.latency.p99 · GET /board", value: "2 s", where: "wrk.txt, line 3", artifact: "a", at: "line 3" };
  expect(piecesOf("measurement", sources, number, day)[1]).toMatchObject(named);
  const nothing = { found: true, text: "", place: "", severity: null, count: null, sha256: "", size: null, date: null, people: [], private: false, object: null };
  const facts: EvidenceFacts = { ...nothing, kind: "measurement", target: "m2", label: named.label, value: 2, unit: "s", artifact: "a", file: "wrk.txt", at: "line 3" };
  expect(pieceFrom(facts, number, day)).toEqual({ key: "measurement/m2", kind: "measurement", target: "m2", ...named });
  const group: EvidenceFacts = { ...facts, kind: "issue_group", target: "issue:x", value: null, artifact: null, file: "semgrep", place: "rule · a.js", severity: "high", count: 3 };
  expect(pieceFrom(group, number, day)).toMatchObject({ where: "semgrep · rule · a.js · ×3", severity: "high" });
});

it("offers groups of issues, not checks, among the candidates", () => {
  const candidates = [{ key: "issue:semgrep:rule:src/a.js", title: "Rule", severity: "high", count: 3 }, { key: "check:backend-health:1.1", title: "Check", severity: "low", count: 1 }] as Candidate[];
  expect(piecesOf("issue_group", { ...none, candidates }, number, day).map((each) => [each.target, each.where])).toEqual([["issue:semgrep:rule:src/a.js", "semgrep · rule ×3"]]);
});

it("marks private notes", () => {
  const notes = [{ id: "n", title: "Call", date: "2026-11-10", people: [{ name: "Ana" }], private: true }] as Note[];
  expect(piecesOf("note", { ...none, notes }, number, day)[0]).toMatchObject({ label: "Call", where: "2026-11-10 · Ana", private: true });
});
