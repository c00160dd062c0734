import { describe, expect, it } from "vitest";
import { isPicture, leftOf, pathOf } from "./paths";

describe("shapes as SVG", () => {
  it("writes a path with all kinds of segments", () => {
    expect(
      pathOf([
        { to: "move", x: 1, y: 2.005 },
        { to: "line", x: 3.14159, y: -4 },
        { to: "cubic", x1: 1, y1: 2, x2: 3, y2: 4, x: 5, y: 6 },
        { to: "close" },
      ]),
    ).toBe("M1 2.01L3.14 -4C1 2 3 4 5 6Z");
  });

  it("puts a text's left end where it is measured to be", () => {
    expect([leftOf(100, 40, "start"), leftOf(100, 40, "middle"), leftOf(100, 40, "end")]).toEqual([100, 80, 60]);
  });

  it("shows pictures that are there, and nothing else", () => {
    expect(isPicture("data:image/png;base64,iVBORw0KGgo=")).toBe(true);
    expect(isPicture("https://example.com/a.png")).toBe(false);
    expect(isPicture("data:image/svg+xml;base64,PHN2Zz4=")).toBe(false);
    expect(isPicture("data:text/html;base64,PGI+")).toBe(false);
  });
});
