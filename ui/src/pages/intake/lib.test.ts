import { describe, expect, it } from "vitest";
import { operationsOf, propose, type Answers } from "./lib";

const answers = (fields: Partial<Answers>): Answers => ({ operations: [], recurring: false, cause_known: false, urgent: false, outgrown: false, ...fields });

describe("the triage", () => {
  it.each([
    [{}, "monitor"],
    [{ urgent: true }, "monitor"],
    [{ operations: ["billing"] }, "diagnostic_review"],
    [{ operations: ["billing"], recurring: true }, "systems_audit"],
    [{ recurring: true, urgent: true }, "systems_audit"],
    [{ outgrown: true }, "systems_audit"],
    [{ operations: ["billing"], cause_known: true, urgent: true }, "stabilisation_sprint"],
    [{ recurring: true, cause_known: true, urgent: true, outgrown: true }, "stabilisation_sprint"],
    [{ operations: ["reporting"], cause_known: true, outgrown: true }, "modernisation"],
    [{ operations: ["reporting"], recurring: true, cause_known: true }, "diagnostic_review"],
  ] as [Partial<Answers>, string][])("answers %j with %s", (fields, triage) => {
    expect(propose(answers(fields)).triage).toBe(triage);
  });
  it("says that modernisation follows the sprint", () => {
    expect(propose(answers({ recurring: true, cause_known: true, urgent: true, outgrown: true })).reason).toBe("sprintThen");
  });
  it("counts operations that are named and hurt, each once", () => {
    expect(operationsOf([{ operation: "billing", severity: 4 }, { operation: "billing", severity: null }, { operation: "other", severity: 5 }, { operation: "dispatch", severity: 1 }])).toEqual(["billing"]);
  });
});
