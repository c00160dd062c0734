import { describe, expect, it } from "vitest";
import { PROSE, tabOf, withDay } from "./lib";

describe("the parts of the engagement", () => {
  it("knows where a field is edited", () => {
    expect(tabOf("client")).toBe("basics");
    expect(tabOf("holidays")).toBe("plan");
    expect(tabOf("sections")).toBeUndefined();
  });
  it("places every prose field on the part that shows it", () => {
    for (const [tab, fields] of Object.entries(PROSE)) for (const { field } of fields) expect(tabOf(field)).toBe(tab);
  });
  it("keeps holidays in order, each once", () => {
    expect(withDay(["2027-05-17", "2027-03-26"], "2027-03-26")).toEqual(["2027-03-26", "2027-05-17"]);
  });
});
