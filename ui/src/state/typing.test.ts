import { beforeEach, expect, it, vi } from "vitest";
import type { PageChange } from "../bindings/contract";
import { useHost } from "../host";
import { fakeHost, type FakeHost } from "../host/fake";
import { changedSince, followLayout, forgetLayout, loadLayout, livePage } from "./layout.svelte";
import { inPause, showTyping } from "./typing";

let fake: FakeHost;
const page = (hash: string) => ({ hash, width: 595, height: 842 });
const part = (hash: string, change: PageChange | null = null) => ({ ...page(hash), change });
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

it("keeps what can be told in a pause until there is one, and not for ever", async () => {
  vi.useFakeTimers();
  try {
    let told = 0;
    await vi.advanceTimersByTimeAsync(60_000);
    inPause(() => (told += 1), 150);
    inPause(() => (told += 100), 150)();
    await vi.advanceTimersByTimeAsync(151);
    expect(told).toBe(1);
    const write = async (milliseconds: number) => {
      for (let at = 0; at < milliseconds; at += 200) {
        showTyping("findings", "a", { title: String(at) });
        await vi.advanceTimersByTimeAsync(200);
      }
    };
    const writing = write(3000);
    inPause(() => (told += 1), 150);
    await writing;
    expect(told).toBe(1);
    await vi.advanceTimersByTimeAsync(500);
    expect(told).toBe(2);
    const endless = write(12_000);
    inPause(() => (told += 1), 150);
    await endless;
    expect(told).toBe(3);
  } finally {
    vi.useRealTimers();
  }
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
  fake.emit({ event: "part", revision: 4, from: 1, pages: [part("B", { since: "b", from: 40, to: 52 })] });
  expect(livePage.layout?.pages.map((each) => each.hash)).toEqual(["a", "B", "c"]);
  fake.emit({ event: "part", revision: 3, from: 0, pages: [part("old")] });
  expect(livePage.layout?.pages.map((each) => each.hash)).toEqual(["a", "B", "c"]);
  fake.emit({ event: "layout", layout: layout(5, ["x", "y"]) });
  expect(livePage.layout?.pages.map((each) => each.hash)).toEqual(["x", "y"]);
  stop();
});

it("knows what has changed over several letters, as long as it is known from each to the next", async () => {
  const stop = followLayout();
  await loadLayout();
  const typed = (hash: string, change: PageChange | null) => fake.emit({ event: "part", revision: 4, from: 1, pages: [part(hash, change)] });
  typed("b1", { since: "b", from: 40, to: 52 });
  typed("b2", { since: "b1", from: 52, to: 90 });
  expect(changedSince("b2", "b1")).toEqual({ from: 52, to: 90 });
  expect(changedSince("b2", "b")).toEqual({ from: 40, to: 90 });
  expect(changedSince("b2", "a")).toBeNull();
  // Typed back, and forth again: round and round it stays known, and nothing is sought for ever.
  typed("b1", { since: "b2", from: 52, to: 90 });
  expect(changedSince("b1", "b2")).toEqual({ from: 52, to: 90 });
  expect(changedSince("b1", "nowhere")).toBeNull();
  typed("b3", null);
  typed("b4", { since: "b3", from: 1, to: 2 });
  expect(changedSince("b4", "b1")).toBeNull();
  typed("b5", { since: "b4", from: 0, to: 0 });
  expect(changedSince("b5", "b4")).toBeNull();
  forgetLayout();
  expect(changedSince("b2", "b1")).toBeNull();
  stop();
});
