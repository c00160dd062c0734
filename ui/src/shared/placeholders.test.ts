import { expect, test } from "vitest";
import { cutAtPlaces, nextPlace, OPEN_PLACE } from "./placeholders";

test("open places are on one line with something in them", () => {
  expect([..."At {{rate}} the {{ name }} fills. {{}} {{ }} {{a\nb}} {c}".matchAll(OPEN_PLACE)].map((match) => match[0])).toEqual(["{{rate}}", "{{ name }}"]);
});

test("the next place is the first behind the caret, then the first of all", () => {
  const text = "a {{b}} c {{d}}";
  expect(nextPlace(text, 0)).toEqual({ from: 2, to: 7 });
  expect(nextPlace(text, 7)).toEqual({ from: 10, to: 15 });
  expect(nextPlace(text, 15)).toEqual({ from: 2, to: 7 });
  expect(nextPlace("none", 0)).toBeNull();
});

test("cuts a text at its open places", () => {
  expect(cutAtPlaces("p99 of {{n}} ms on {{service}}")).toEqual(["p99 of ", "{{n}}", " ms on ", "{{service}}", ""]);
  expect(cutAtPlaces("none {{}} here")).toEqual(["none {{}} here"]);
});

test("passes over figures that the core fills in", () => {
  expect(cutAtPlaces("Health {{score.health}}, p99 {{metric:http.latency.p99@GET /orders}}, owner {{name of owner}}.")).toEqual([
    "Health {{score.health}}, p99 {{metric:http.latency.p99@GET /orders}}, owner ",
    "{{name of owner}}",
    ".",
  ]);
});
