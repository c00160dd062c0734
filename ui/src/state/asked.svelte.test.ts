import { beforeEach, expect, it } from "vitest";
import { useHost } from "../host";
import { fakeHost, type FakeHost } from "../host/fake";
import { asked, followAsked, forgetAsked } from "./asked.svelte";

let fake: FakeHost;
const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

beforeEach(() => {
  fake = fakeHost();
  useHost(fake);
  forgetAsked(true);
});

it("is followed by a derived value that asks first, and asked once by all", async () => {
  fake.answers.score = () => ({ health: null, maturity: null });
  const seen: unknown[] = [];
  const stop = $effect.root(() => {
    const first = $derived(asked("score", {}).value);
    const second = $derived(asked("score", {}).loading);
    $effect(() => void seen.push(first && !second));
  });
  await wait(20);
  expect(seen.at(-1)).toBe(true);
  expect(fake.calls).toHaveLength(1);
  stop();
});

it("asks again after changes of its kinds while it is shown, and keeps the last answer when that fails", async () => {
  const stop = followAsked();
  let answer: () => unknown = () => ({ priorities: [] });
  fake.answers.plan = () => answer();
  const plan = asked("plan", {}, ["initiatives"]);
  const stopShowing = $effect.root(() => {
    $effect(() => void plan.value);
  });
  await wait(20);
  answer = () => {
    throw { code: "failed", message: "no" };
  };
  const change = (kind: "risks" | "initiatives") => fake.emit({ event: "changed", changes: { op: "x", step: null, changed: [{ kind, id: "1", change: "updated", fields: [] }] } });
  change("risks");
  await wait(450);
  expect(fake.calls.filter((each) => each.word !== "score")).toHaveLength(1);
  change("initiatives");
  change("initiatives");
  await wait(450);
  expect(fake.calls.filter((each) => each.word !== "score")).toHaveLength(2);
  stopShowing();
  await wait(20);
  change("initiatives");
  await wait(450);
  expect(fake.calls.filter((each) => each.word !== "score")).toHaveLength(2);
  expect(plan.error?.message).toBe("no");
  expect(plan.value).toEqual({ priorities: [] });
  stop();
});
