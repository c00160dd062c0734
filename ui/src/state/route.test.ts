import { describe, expect, it } from "vitest";
import { fromHash, routeTo, toHash } from "./route";

describe("routes", () => {
  it("go to the page on which a kind is edited", () => {
    expect(routeTo("phases", "p1", "objective", 3)).toEqual({ page: "roadmap", kind: "phases", id: "p1", field: "objective", offset: 3 });
    expect(routeTo("engagement", "e", "scope").page).toBe("engagement");
    expect(routeTo("engagement", "e", "brand").page).toBe("report");
  });

  it("come back from the address", () => {
    const route = routeTo("findings", "01a2", "condition");
    expect(fromHash(toHash(route))).toEqual(route);
    expect(fromHash(toHash({ page: "history" }))).toEqual({ page: "history" });
    expect(fromHash("#/nowhere")).toBeNull();
  });
});
