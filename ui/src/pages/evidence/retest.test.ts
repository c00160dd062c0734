import { describe, expect, it } from "vitest";
import { bothValues, outcomeWord, rowValue } from "./retest";

describe("a retest in words", () => {
  it("says both values with their unit", () => {
    expect(bothValues({ metric: "http.latency.p99", subject: "GET /a", unit: "ms", was: 843, now: 143, was_text: "", now_text: "" })).toBe("was 843 ms, now 143 ms");
  });
  it("counts without the names of what was counted, and keeps words that say more than a number", () => {
    const counted = { metric: "db.fk.unindexed", subject: "", unit: "count", was: 2, now: 1, was_text: "a(b); c(d)", now_text: "c(d)" };
    expect(bothValues(counted)).toBe("was 2, now 1");
    expect(bothValues({ ...counted, unit: "ratio", was: 0.5, now: 0.1, was_text: "50 % free", now_text: "10 % free" })).toContain("50 % free");
  });
  it("calls a finding that stays open still so", () => {
    expect([outcomeWord("open"), outcomeWord("fixed")]).toEqual(["Still so", "Fixed"]);
  });
  it("leaves a value out that there is not", () => {
    const row = { was: null, now: 12, unit: "count", was_text: "", now_text: "" };
    expect([rowValue(row, "was"), rowValue(row, "now")]).toEqual(["", "12"]);
  });
});
