import { CompletionContext } from "@codemirror/autocomplete";
import { EditorState } from "@codemirror/state";
import { expect, it } from "vitest";
import { completion, figureCompletion } from "./complete";

const at = (doc: string): CompletionContext => new CompletionContext(EditorState.create({ doc }), doc.length, true);

it("offers figures behind two braces, and nothing else there", async () => {
  const figures = async () => [{ name: "score.health", text: "12%" }];
  const offered = await figureCompletion(figures)(at("Health is {{sc"));
  expect(offered?.from).toBe("Health is {{".length);
  expect(offered?.options.map((each) => [each.label, each.detail])).toEqual([["score.health", "12%"]]);
  expect(await figureCompletion(figures)(at("Health is {{score.health}} "))).toBeNull();
  expect(await figureCompletion(figures)(at("a { b"))).toBeNull();
  expect(completion(() => [])(at("Health is {{sc"))).toBeNull();
});
