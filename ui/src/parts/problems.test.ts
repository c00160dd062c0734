import { afterEach, expect, test } from "vitest";
import { checks as de } from "../i18n/de/checks";
import { checks as en } from "../i18n/en/checks";
import { setLanguage } from "../i18n/text.svelte";
import { filled, problemWords } from "./problems";

afterEach(() => setLanguage("en"));

const places = (sentence: string): string[] => [...sentence.matchAll(/\{(\w+)(?::\w+)?\}/g)].map((found) => found[1] as string).sort();

test("both languages say every sentence with the same places", () => {
  expect(Object.keys(de)).toEqual(Object.keys(en));
  for (const [id, sentence] of Object.entries(en)) {
    const german = (de as Record<string, string>)[id] as string;
    expect(places(german), id).toEqual(places(sentence) /* the same values */);
    if (places(sentence).join() !== "reason" && id !== "control.setting") expect(german, id).not.toBe(sentence);
  }
});

test("places are filled with words, days and numbers of the language", () => {
  setLanguage("de");
  const problem = { sentence: "finding.severity", message: "", values: { severity: "high", likelihood: 2, impact: 1, expected: "low" } };
  expect(problemWords(problem)).toBe("Hoch folgt nicht aus Wahrscheinlichkeit 2 × Auswirkung 1 (Niedrig): begründen");
  expect(filled("{a:date} {b:number} {c}", { a: "2026-11-22", b: 1.5, c: "x{y}" })).toBe("22.11.2026 1,5 x{y}");
});

test("a sentence that the window does not know is shown as the core says it", () => {
  expect(problemWords({ sentence: "new.rule", message: "as the core says", values: {} })).toBe("as the core says");
});
