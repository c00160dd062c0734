import { describe, expect, it } from "vitest";
import type { ToolTable } from "../../bindings/contract";
import { shownOf, wordName } from "./severities";

const tool = (name: string, artifacts: number, words: string[], table: string | null = null): ToolTable => ({
  tool: name,
  table,
  formats: [name.toLowerCase()],
  artifacts,
  issues: 0,
  scores: 0,
  scored: false,
  editable: true,
  words: words.map((word) => ({ word, issues: 0, otherwise: 0, severity: "high", built_in: ["high"], chosen: false, assigned: false, unknown: false })),
});
const tools = [tool("Semgrep", 1, ["ERROR"]), tool("Grype", 0, ["Negligible"]), tool("Trivy", 0, ["HIGH"], "an id")];
const names = (all: boolean, sought: string): string[] => shownOf(tools, all, sought).map((each) => each.tool);

describe("the tools that are listed", () => {
  it("are those with evidence here or something chosen, unless all are wanted", () => {
    expect(names(false, "")).toEqual(["Semgrep", "Trivy"]);
    expect(names(true, " ")).toEqual(["Semgrep", "Grype", "Trivy"]);
  });
  it("are found by name, format or word, whether something of them is here or not", () => {
    expect(names(false, "GRYPE")).toEqual(["Grype"]);
    expect(names(false, "neglig")).toEqual(["Grype"]);
    expect(names(false, "nobody")).toEqual([]);
  });
  it("call nothing by a name", () => {
    expect([wordName("", "nothing"), wordName("HIGH", "nothing")]).toEqual(["nothing", "HIGH"]);
  });
});
