import { beforeEach, describe, expect, it, vi } from "vitest";
import type { Changes, JsonValue } from "../bindings/contract";
import { call, useHost } from "../host";
import { fakeHost, type FakeHost } from "../host/fake";
import { fieldError, flush, followObjects, forget, insert, object, objects, save, saveState } from "./objects.svelte";

let fake: FakeHost;
let stop: (() => void) | null = null;
const seen: string[] = [];
const settle = () => new Promise((resolve) => setTimeout(resolve, 60));
const finding = (id: string, title: string) => ({ id, title, severity: "high", rank: 1, condition: "" }) as { id: string } & Record<string, JsonValue>;
const words = (word: string) => fake.calls.filter((each) => each.word === word);

beforeEach(async () => {
  stop?.();
  fake = fakeHost();
  fake.objects.set("findings", [finding("a", "One"), finding("b", "Two")]);
  useHost(fake);
  stop = followObjects();
  forget();
  objects("findings");
  await settle();
  fake.calls.length = 0;
});

describe("objects", () => {
  it("loads a kind once, on first use", async () => {
    fake.objects.set("risks", [{ id: "r", title: "Risk" }]);
    expect(objects("risks")).toEqual([]);
    objects("risks");
    await settle();
    expect(objects("risks").map((risk) => risk.title)).toEqual(["Risk"]);
    expect(words("list").filter((each) => each.ask.kind === "risks")).toHaveLength(1);
  });

  it("shows an edit at once and gathers typing into one update", async () => {
    void save("findings", "a", { title: "O" });
    void save("findings", "a", { title: "On" });
    void save("findings", "a", { title: "Onc", severity: "low" });
    expect(object("findings", "a")?.title).toBe("Onc");
    expect(saveState()).toBe("saving");
    await flush();
    expect(words("update").map((each) => each.ask.fields)).toEqual([{ title: "Onc", severity: "low" }]);
    expect(saveState()).toBe("saved");
    expect(fake.objects.get("findings")?.[0]?.title).toBe("Onc");
  });

  it("does not load anew what its own update already answered", async () => {
    await save("findings", "a", { title: "Mine" }, { now: true });
    await settle();
    expect(words("list")).toHaveLength(0);
    expect(words("get")).toHaveLength(0);
  });

  it("keeps what is typed while an earlier update is on its way", async () => {
    let open = () => {};
    fake.gate = new Promise((resolve) => (open = resolve));
    const first = save("findings", "a", { condition: "ab" }, { now: true });
    void save("findings", "a", { condition: "abc" });
    fake.gate = null;
    open();
    await first;
    expect(object("findings", "a")?.condition).toBe("abc");
    await flush();
    expect(fake.objects.get("findings")?.[0]?.condition).toBe("abc");
  });

  it("keeps a local edit when another window changes the object", async () => {
    void save("findings", "a", { title: "Local" });
    fake.objects.set("findings", [{ ...finding("a", "Theirs"), severity: "low" }, finding("b", "Two")]);
    fake.emit({ event: "changed", changes: { op: "update", step: "x", changed: [{ kind: "findings", id: "a", change: "updated", fields: ["title", "severity"] }] } });
    await settle();
    expect(object("findings", "a")).toMatchObject({ title: "Local", severity: "low" });
    await flush();
  });

  it("refreshes only the kinds that changed", async () => {
    objects("risks");
    await settle();
    fake.calls.length = 0;
    fake.emit({ event: "changed", changes: { op: "x", step: "y", changed: [{ kind: "risks", id: "r", change: "inserted", fields: [] }] } });
    await settle();
    expect(fake.calls.map((each) => `${each.word} ${String(each.ask.kind)}`)).toEqual(["list risks"]);
  });

  it("sets a refused field aside, says why, and sends the others", async () => {
    fake.refuse = (_, __, fields) => {
      if ("severity" in fields) throw { code: "usage", message: "unknown severity", hint: null, field: "severity" };
    };
    await save("findings", "a", { title: "Kept", severity: "bad" as "low" }, { now: true });
    expect(fieldError("findings", "a", "severity")?.message).toBe("unknown severity");
    expect(fieldError("findings", "a", "title")).toBeNull();
    expect(fake.objects.get("findings")?.[0]).toMatchObject({ title: "Kept", severity: "high" });
    expect(object("findings", "a")?.severity).toBe("bad");
    expect(saveState()).toBe("refused");
    fake.refuse = () => undefined;
    await save("findings", "a", { severity: "low" }, { now: true });
    expect(fieldError("findings", "a", "severity")).toBeNull();
    expect(saveState()).toBe("saved");
  });

  it("lists an added object", async () => {
    const added = await insert("findings", { title: "New" });
    expect(added.title).toBe("New");
    expect(objects("findings").map((each) => each.title)).toEqual(["One", "Two", "New"]);
  });

  it("keeps steady typing within a second", async () => {
    vi.useFakeTimers();
    for (let n = 0; n < 20; n += 1) {
      void save("findings", "a", { title: "x".repeat(n + 1) });
      await vi.advanceTimersByTimeAsync(100);
      if (n === 9) expect(words("update")).toHaveLength(1);
    }
    vi.useRealTimers();
    expect(words("update")).toHaveLength(2);
    await flush();
  });
});

it("takes a change from the answer when the event does not come, and once when both do", async () => {
  objects("risks");
  await settle();
  fake.calls.length = 0;
  const changes: Changes = { op: "x", step: "batch-1", changed: [{ kind: "risks", id: "r", change: "deleted", fields: [] }] };
  fake.answers.delete_many = () => changes;
  await call("delete_many", { kind: "risks", ids: ["r"] });
  fake.emit({ event: "changed", changes });
  await settle();
  fake.emit({ event: "changed", changes });
  await settle();
  expect(words("list")).toHaveLength(1);
});

it("is followed by a derived value that reads a kind first", async () => {
  fake.objects.set("themes", [{ id: "t", name: "Theme" }]);
  const stopRoot = $effect.root(() => {
    const names = $derived(objects("themes").map((theme) => theme.name));
    $effect(() => void seen.push(names.join()));
  });
  await settle();
  expect(seen).toEqual(["", "Theme"]);
  stopRoot();
});
