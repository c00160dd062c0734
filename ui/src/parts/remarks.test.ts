import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { de } from "../i18n/de/index";
import { en } from "../i18n/en/index";
import { setLanguage } from "../i18n/text.svelte";
import { inWords } from "./refusals";
import { remarkWords, sentenceOf } from "./remarks";

const names = (sentence: string): string[] => [...sentence.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? "").sort();

// That the core says them so is tested where it does: `c4/tests/support/said.rs`.
describe("the sentences", () => {
  it("are each known again", () => {
    for (const [id, sentence] of Object.entries(en.remarks)) expect(sentenceOf(sentence.replace(/\{(\w+)\}/g, "x $1"))?.id, sentence).toBe(id);
  });

  it("name nothing in German that the core does not", () => {
    for (const [id, sentence] of Object.entries(de.remarks)) {
      const known = names(en.remarks[id as keyof typeof en.remarks]);
      expect(names(sentence).filter((name) => !known.includes(name)), id).toEqual([]);
    }
  });
});

describe("in German", () => {
  beforeEach(() => setLanguage("de"));
  afterEach(() => setLanguage("en"));

  it("a remark says what was found and what to do", () => {
    expect(remarkWords({ message: 'The source element "b" does not exist', remedy: "define it above this line, or correct the name" })).toEqual({
      message: "Das Quellelement „b“ gibt es nicht",
      remedy: "über dieser Zeile definieren oder den Namen berichtigen",
      known: true,
    });
    expect(remarkWords({ message: "https://x/y is not fetched: what it defines is missing – save it beside this file and include that", remedy: "" })).toMatchObject({ message: "https://x/y wird nicht geholt: Was es definiert, fehlt", remedy: "neben dieser Datei speichern und jene einbinden" });
    expect(remarkWords({ message: 'The element "a" does not exist: it may be in what was not read, so the line is left out', remedy: "" }).message).toBe("Das Element „a“ gibt es nicht: vielleicht steht es in dem, was nicht gelesen wurde; die Zeile fällt weg");
  });

  it("a source that was left out says why and what to do", () => {
    expect(remarkWords({ message: "left out: not a format that a model is derived from: the JSON ends early: EOF – give docker-compose, Kubernetes, Jaeger or OTLP, Backstage, OpenAPI, or Terraform state or plan as JSON", remedy: "" })).toEqual({
      message: "weggelassen: kein Format, aus dem sich ein Modell ableiten lässt: das JSON endet zu früh: EOF",
      remedy: "docker-compose, Kubernetes, Jaeger oder OTLP, Backstage, OpenAPI oder Terraform-Zustand oder -Plan als JSON angeben",
      known: true,
    });
    expect(remarkWords({ message: '"web" depends on "db", which is not in the given files', remedy: "" }).message).toBe("„web“ hängt von „db“ ab, das nicht in den angegebenen Dateien steht");
  });

  it("a file that is refused says where", () => {
    const error = { code: "refused", message: "bad.dsl, line 4: Unexpected end of context", hint: "remove the }", field: null } as const;
    expect(inWords(error)).toEqual({ ...error, message: "bad.dsl, Zeile 4: Hier ist nichts offen, das } schließen könnte", hint: "die Klammer } entfernen" });
  });

  it("one that is not known stays as it is", () => {
    expect(remarkWords({ message: "something new", remedy: "do this" })).toEqual({ message: "something new", remedy: "do this", known: false });
  });
});
