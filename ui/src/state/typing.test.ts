import { beforeEach, expect, it, vi } from "vitest";
import { useHost } from "../host";
import { fakeHost, type FakeHost } from "../host/fake";
import { followLayout, forgetLayout, loadLayout, livePage } from "./layout.svelte";
import { showTyping } from "./typing";

let fake: FakeHost;
const page = (hash: string) => ({ hash, width: 595, height: 842 });
const layout = (revision: number, hashes: string[]) => ({ revision, pages: hashes.map(page), outline: [], problems: [], fresh: true });
const drafts = () => fake.calls.filter((each) => each.word === "draft").map((each) => (each.ask.fields as { title: string }).title);

beforeEach(() => {
  forgetLayout();
  fake = fakeHost();
  fake.answers.draft = () => null;
  fake.answers.layout = () => layout(4, ["a", "b", "c"]);
  useHost(fake);
});

it("sends letters that come while one is on its way together, the newest last", async () => {
  for (const title of ["O", "On", "One", "One ", "One t"]) showTyping("findings", "a", { title });
  await vi.waitFor(() => expect(drafts().at(-1)).toBe("One t"));
  expect(drafts()).toEqual(["O", "One t"]);
});

it("goes on after a core that refused", async () => {
  fake.answers.draft = () => {
    throw { code: "usage", message: "no", hint: null, field: null };
  };
  showTyping("findings", "a", { title: "A" });
  await vi.waitFor(() => expect(drafts()).toEqual(["A"]));
  await new Promise((resolve) => setTimeout(resolve));
  showTyping("findings", "a", { title: "B" });
  await vi.waitFor(() => expect(drafts()).toEqual(["A", "B"]));
});

it("puts pages that were laid out ahead in their place, unless they are of another layout", async () => {
  const stop = followLayout();
  await loadLayout();
  fake.emit({ event: "part", revision: 4, from: 1, pages: [page("B")] });
  expect(livePage.layout?.pages.map((each) => each.hash)).toEqual(["a", "B", "c"]);
  fake.emit({ event: "part", revision: 3, from: 0, pages: [page("old")] });
  expect(livePage.layout?.pages.map((each) => each.hash)).toEqual(["a", "B", "c"]);
  fake.emit({ event: "layout", layout: layout(5, ["x", "y"]) });
  expect(livePage.layout?.pages.map((each) => each.hash)).toEqual(["x", "y"]);
  stop();
});
