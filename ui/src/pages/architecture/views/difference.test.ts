import { describe, expect, it } from "vitest";
import type { Architecture } from "../../../bindings/contract";
import { counterpart, counts, groups, inOrder } from "./difference";

const architecture = (id: string, target: boolean): Architecture => ({ id, target, rank: 0, name: id, text: "", workspace: "", places: {} });
const comparison = {
  elements: {
    added: [{ key: "s.job", kind: "container", name: "Job role" }],
    removed: [],
    changed: [{ key: "s.db", kind: "container", name: "Database", fields: [{ field: "technology", before: "PostgreSQL 12", after: "PostgreSQL 16" }] }],
  },
  relations: { added: [], removed: [{ source: "s.api", destination: "s.db", name: "S.API → S.DB", description: "Reads" }, { source: "s.api", destination: "s.db", name: "S.API → S.DB", description: "Writes" }], changed: [] },
} as const;

describe("what differs", () => {
  it("groups what there is, elements first", () => {
    const found = groups(structuredClone(comparison) as never);
    expect(found.map((group) => [group.of, group.sort, group.rows.map((row) => row.title)])).toEqual([
      ["elements", "added", ["Job role"]],
      ["elements", "changed", ["Database"]],
      ["relations", "removed", ["S.API → S.DB", "S.API → S.DB"]],
    ]);
    expect(found[1]?.rows[0]?.fields).toEqual([{ field: "technology", before: "PostgreSQL 12", after: "PostgreSQL 16" }]);
    // Two relations between the same two are two rows.
    expect(new Set(found[2]?.rows.map((row) => row.id)).size).toBe(2);
  });

  it("counts elements and relations together", () => {
    expect(counts(structuredClone(comparison) as never)).toEqual({ added: 1, removed: 2, changed: 1 });
  });

  it("compares what was found with the target", () => {
    const all = [architecture("t", true), architecture("a", false), architecture("b", false)];
    expect(counterpart(all, "a")).toBe("t");
    expect(counterpart(all, "t")).toBe("a");
    expect(counterpart([architecture("a", false), architecture("b", false)], "a")).toBe("b");
    expect(counterpart([architecture("a", false)], "a")).toBeNull();
    expect(inOrder(all, "t", "a")).toEqual(["a", "t"]);
    expect(inOrder(all, "b", "a")).toEqual(["a", "b"]);
  });
});
