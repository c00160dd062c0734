import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { dismissToast, toast, toasts } from "./toasts.svelte";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  for (const { id } of toasts()) dismissToast(id);
  vi.useRealTimers();
});

const shown = () => toasts().map(({ message }) => message);

test("a toast leaves by itself, later where there is something to do", () => {
  toast("Copied");
  toast("Removed", { action: { label: "Undo", run: () => undefined } });
  vi.advanceTimersByTime(5000);
  expect(shown()).toEqual(["Removed"]);
  vi.advanceTimersByTime(5000);
  expect(shown()).toEqual([]);
});

test("what is told only once stays until it is dismissed", () => {
  const id = toast("Recovered", { stays: true });
  vi.advanceTimersByTime(3_600_000);
  expect(shown()).toEqual(["Recovered"]);
  dismissToast(id);
  expect(shown()).toEqual([]);
});
