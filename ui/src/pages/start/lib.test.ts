import { expect, it } from "vitest";
import { fileName } from "./lib";

it("makes file names that every system takes", () => {
  expect(fileName("Müller & Söhne GmbH", "Order/Desk: v2", "engagement")).toBe("müller-söhne-gmbh-order-desk-v2.groma");
  expect(fileName("..", "//", "engagement")).toBe("engagement.groma");
});
