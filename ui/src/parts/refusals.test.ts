import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { de } from "../i18n/de/index";
import { en } from "../i18n/en/index";
import { setLanguage } from "../i18n/text.svelte";
import { inWords, refusalOf } from "./refusals";

const crates = join(import.meta.dirname, "../../../src-tauri/crates");

/** What the core's sources say, with strings over several lines in one. */
function sources(folder: string): string {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(".rs"))
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), "utf8").replace(/\\\n\s*/g, "").replaceAll('\\"', '"'))
    .join("\n");
}

const names = (sentence: string): string[] => [...sentence.matchAll(/\{(\w+)(?::\w+)?\}/g)].map(([, name]) => name ?? "").sort();

describe("the sentences", () => {
  it("stand in the core as they are looked for", () => {
    const said = ["app", "c4", "desk", "evidence", "store"].map((crate) => sources(join(crates, crate, "src"))).join("\n");
    const parts = Object.values(en.refusals).flatMap((sentence) => sentence.split(/\{\w+\}|; |: /).map((part) => part.replace(/^[^a-z`]+|[^a-z`]+$/gi, "")));
    expect(parts.filter((part) => part.length > 7 && !said.includes(part))).toEqual([]);
  });

  it("name nothing in German that the core does not", () => {
    for (const [id, sentence] of Object.entries(de.refusals)) {
      const known = names(en.refusals[id as keyof typeof en.refusals]);
      expect(names(sentence).filter((name) => !known.includes(name)), id).toEqual([]);
    }
  });

  it("are each known again", () => {
    for (const [id, sentence] of Object.entries(en.refusals)) {
      const [message = "", hint = null] = sentence.replace(/\{(\w+)\}/g, "x $1").split(/; (?=[^;]*$)/);
      expect(refusalOf({ message, hint })?.id, sentence).toBe(id);
    }
  });
});

describe("in German", () => {
  beforeEach(() => setLanguage("de"));
  afterEach(() => setLanguage("en"));

  it("a refusal says what is wrong and what to do", () => {
    const error = { code: "refused", message: "/a/b; c.groma is open in another window or program", hint: "close it there first", field: null } as const;
    expect(inWords(error)).toEqual({ code: "refused", message: "/a/b; c.groma ist in einem anderen Fenster oder Programm offen", hint: "dort zuerst schließen", field: null });
    expect(inWords({ code: "refused", message: "check 3.1: the measurements say fail, not pass", hint: "give the reason for the override", field: null }).message).toBe(
      `Prüfpunkt 3.1: die Messwerte sagen ${de.terms.verdict.fail}, nicht ${de.terms.verdict.pass}`,
    );
    expect(inWords({ code: "usage", message: "say why the candidate is dismissed", hint: null, field: "reason" })).toMatchObject({ message: "Sagen, warum der Kandidat verworfen wird", hint: null, field: "reason" });
  });

  it("one that is not known keeps its words and its remedy behind what kind it is", () => {
    expect(inWords({ code: "failed", message: "the importer stopped", hint: "this is a fault of the program", field: null })).toEqual({ code: "failed", message: "Fehlgeschlagen: the importer stopped", hint: "this is a fault of the program", field: null });
    expect(inWords({ code: "cancelled", message: "cancelled; nothing was changed", hint: null, field: null }).message).toBe("Abgebrochen; nichts wurde geändert");
  });
});

it("English is as the core says it", () => {
  const error = { code: "usage", message: "there is nothing to undo", hint: null, field: null } as const;
  expect(inWords(error)).toBe(error);
});
