import { expect, test } from "vitest";
import { shortCheck, tagsOf } from "./library";

test("checks of the checklist are called by their number", () => {
  expect(shortCheck("backend-health/2.4")).toBe("2.4");
  expect(shortCheck("own/2.4")).toBe("own/2.4");
});

test("tags are read from one line", () => {
  expect(tagsOf(" pool, database ,, pool")).toEqual(["pool", "database"]);
});
