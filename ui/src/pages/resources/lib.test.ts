import { describe, expect, it } from "vitest";
import type { RoleDemand } from "../../bindings/contract";
import { isNothing, loadOf, monthTotals, shares, toggled } from "./lib";

describe("the load of a month", () => {
  it("is over only beyond rounding", () => {
    expect(loadOf({ demand_days: 10.005, capacity_days: 10 })).toBe("full");
    expect(loadOf({ demand_days: 10.1, capacity_days: 10 })).toBe("over");
    expect(loadOf({ demand_days: 1, capacity_days: 0 })).toBe("over");
    expect(loadOf({ demand_days: 0, capacity_days: 0 })).toBe("none");
    expect(loadOf({ demand_days: 3, capacity_days: 10 })).toBe("some");
  });
  it("sums roles with lists of unequal length", () => {
    const month = { demand_days: 1.1, capacity_days: 2, demand_fte: 0.1, capacity_fte: 0.2 };
    const demand = [{ months: [month, month] }, { months: [month] }] as RoleDemand[];
    expect(monthTotals(demand).map((each) => each.demand_days)).toEqual([2.2, 1.1]);
    expect(monthTotals([])).toEqual([]);
  });
});

describe("ranges", () => {
  it("stay on the axis", () => {
    expect(shares({ low: -5, likely: 50, high: 300 }, 100)).toEqual({ from: 0, likely: 0.5, to: 1 });
    expect(shares({ low: 0, likely: 0, high: 0 }, 0)).toEqual({ from: 0, likely: 0, to: 0 });
    expect(isNothing({ low: 0, likely: 0, high: 1 })).toBe(false);
  });
});

it("keeps ticked phases in order", () => {
  expect(toggled([1, 3], 2)).toEqual([1, 2, 3]);
  expect(toggled([1, 3], 3)).toEqual([1]);
});
