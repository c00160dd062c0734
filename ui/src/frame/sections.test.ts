import { expect, it } from "vitest";
import type { Kind } from "../bindings/contract";
import { missingByPage, nextPane } from "./sections";

const problem = (kind: Kind, field: string, rule: string) => ({ kind, field, rule, id: "x" });

it("counts problems where they are mended", () => {
  const counts = missingByPage([
    problem("findings", "condition", "finding.missing"),
    problem("findings", "owner", "finding.owner"),
    problem("engagement", "answers", "answer.coverage"),
    problem("engagement", "scope", "control.missing"),
    problem("engagement", "sections", "section.off"),
    problem("evidence_links", "target", "finding.evidence"),
  ]);
  expect(Object.fromEntries(counts)).toEqual({ findings: 3, checklist: 1, engagement: 1, report: 1 });
});

it("goes round the panes", () => {
  expect(nextPane(["a", "b", "c"], "c", false)).toBe("a");
  expect(nextPane(["a", "b", "c"], "a", true)).toBe("c");
  expect(nextPane(["a", "b"], undefined, false)).toBe("a");
  expect(nextPane([], "a", false)).toBeUndefined();
});
