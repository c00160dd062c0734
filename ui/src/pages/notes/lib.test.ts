import { expect, it } from "vitest";
import type { EvidenceLink, Finding, Person } from "../../bindings/contract";
import { provenBy, spoken, today } from "./lib";

const person = (name: string, role = "", organisation = ""): Person => ({ name, role, organisation, email: "" });

it("names people with their role, and leaves blanks out", () => {
  expect(spoken([person("Jonas Petersen", "Finance"), person("Ana"), person("", "DBA"), person("")])).toBe("Jonas Petersen (Finance), Ana, DBA");
});

it("finds what a note proves, each finding once", () => {
  const links = [
    { finding: "f1", target_kind: "note", target: "n" },
    { finding: "f1", target_kind: "note", target: "n" },
    { finding: "f2", target_kind: "image", target: "n" },
  ] as EvidenceLink[];
  expect(provenBy("n", links, [{ id: "f1" }, { id: "f2" }] as Finding[]).map((each) => each.id)).toEqual(["f1"]);
});

it("writes the local day", () => expect(today(new Date(2026, 0, 5, 23, 59))).toBe("2026-01-05"));
