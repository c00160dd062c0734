import { expect, it } from "vitest";
import type { Pack } from "../bindings/contract";
import { candidateName, titleIn } from "./names";

const packs: Pack[] = [
  { id: "health", sections: [{ id: "api", title: "API", checks: [{ id: "1.4", title: "Tail latency" }] }] },
  { id: "maturity", areas: [{ id: "testing", title: "Testing", checks: [{ id: "1.4", title: "Another" }] }] },
] as Pack[];

it("names checks and areas by their titles", () => {
  expect(titleIn(packs, "health", "1.4")).toBe("1.4 Tail latency");
  expect(titleIn(packs, "maturity", "testing")).toBe("Testing");
  expect(titleIn(packs, "health", "9.9")).toBe("9.9");
});

it("names candidates by the check or by tool, rule and file", () => {
  expect(candidateName(packs, "check:maturity:1.4")).toBe("1.4 Another");
  expect(candidateName(packs, "issue:ESLint:no-await-in-loop:/srv/app/worker.js")).toBe("ESLint no-await-in-loop · worker.js");
  expect(candidateName(packs, "issue:npm audit:GHSA-1:")).toBe("npm audit GHSA-1");
  expect(candidateName(packs, "traffic:seen:web→orders")).toBe("web → orders");
});
