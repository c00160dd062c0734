import { describe, expect, it } from "vitest";
import { readCell, shifted, writeCell, type RecordColumn } from "./records";

describe("cells of entries", () => {
  it("shows a share as percent and keeps it as a fraction", () => {
    const column: RecordColumn = { key: "share", label: "", type: "number", times: 100 };
    expect(readCell(column, { share: 0.55 })).toBe(55);
    expect(writeCell(column, { role: "a", share: 1 }, 33.3)).toEqual({ role: "a", share: 0.333 });
  });
  it("reads and writes cells made of several members", () => {
    const column: RecordColumn = {
      key: "area",
      label: "",
      read: (entry) => `${String(entry.pack)}/${String(entry.area)}`,
      write: (entry, value) => {
        const [pack, area] = String(value).split("/");
        return { ...entry, pack: pack ?? "", area: area ?? "" };
      },
    };
    expect(readCell(column, { pack: "p", area: "5" })).toBe("p/5");
    expect(writeCell(column, { pack: "p", area: "5", level: 3 }, "q/2")).toEqual({ pack: "q", area: "2", level: 3 });
  });
});

describe("moving an entry", () => {
  it("moves one place and stops at the ends", () => {
    expect(shifted(["a", "b", "c"], 0, 1)).toEqual(["b", "a", "c"]);
    expect(shifted(["a", "b", "c"], 2, -1)).toEqual(["a", "c", "b"]);
    expect(shifted(["a", "b"], 1, 1)).toEqual(["a", "b"]);
  });
});
