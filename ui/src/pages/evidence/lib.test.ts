import { describe, expect, it } from "vitest";
import type { FileReport } from "../../bindings/contract";
import { afterLeaving, byNeed, bytesText, fileName, fileState, originOf, tally } from "./lib";

const file = (path: string, outcome: FileReport["outcome"], reason = ""): FileReport => ({
  path,
  format: null,
  tool: null,
  outcome,
  reason,
  remedy: "",
  artifact: null,
  replaces: null,
  issues: { raw: 0, groups: 0, by_severity: {} },
  measurements: [],
  diagnostics: [],
  mapping: null,
  table: null,
});
const files = [file("a", "imported"), file("b", "imported", "already here"), file("c", "refused", "no"), file("d", "ambiguous", "two")];

describe("files of an import", () => {
  it("tell what was here already from what is new", () => {
    expect(files.map(fileState)).toEqual(["imported", "known", "refused", "ambiguous"]);
    expect(tally(files)).toEqual({ imported: 1, known: 1, refused: 1, ambiguous: 1 });
  });
  it("come in the order in which they need a look", () => {
    expect(byNeed(files).map((each) => each.path)).toEqual(["d", "c", "a", "b"]);
  });
  it("are called by their last name", () => {
    expect(fileName("/tmp/x/ä b.json")).toBe("ä b.json");
    expect(fileName("C:\\x\\y.txt")).toBe("y.txt");
  });
});

describe("originOf", () => {
  it("reads both kinds of keys", () => {
    expect(originOf("issue:ESLint:no-await-in-loop:/srv/a.js")).toEqual({ kind: "issue", tool: "ESLint", rule: "no-await-in-loop", component: "/srv/a.js" });
    expect(originOf("issue:t:r:https://host:80/x")).toMatchObject({ component: "https://host:80/x" });
    expect(originOf("check:backend-health:6.1")).toEqual({ kind: "check", pack: "backend-health", check: "6.1" });
    expect(originOf("traffic:seen:web→rabbitmq:orders")).toEqual({ kind: "traffic", seen: true, from: "web", to: "rabbitmq:orders" });
    expect(originOf("traffic:unseen:web→mailer")).toMatchObject({ seen: false, to: "mailer" });
  });
});

describe("bytesText", () => {
  it("keeps numbers short", () => {
    const plain = (value: number, digits: number): string => value.toFixed(digits);
    expect([0, 973, 5806, 27026, 55130394].map((each) => bytesText(each, plain))).toEqual(["0 B", "973 B", "5.8 KB", "27.0 KB", "55.1 MB"]);
  });
});

describe("afterLeaving", () => {
  it("goes on with the next that stays", () => {
    expect(afterLeaving(["a", "b", "c"], new Set(["b"]))).toBe("c");
    expect(afterLeaving(["a", "b", "c"], new Set(["b", "c"]))).toBe("a");
    expect(afterLeaving(["a"], new Set(["a"]))).toBeUndefined();
  });
});
