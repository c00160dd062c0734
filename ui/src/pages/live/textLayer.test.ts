// @vitest-environment jsdom
import { expect, it } from "vitest";
import type { PageText } from "../../host";
import { fillLayer, joinedText, selectedText } from "./textLayer";

const run = (text: string, after: string, y: number): PageText => ({ text, after, area: { page: 0, x: 10, y, width: 100, height: 12 } });
const runs = [run("keeps the sys", "", 10), run("tem and ", "", 24), run("its queue.", "\n", 38), run("Next", "\t", 60), run("cell", "\n", 60)];

function layer(): HTMLElement {
  const element = document.createElement("div");
  fillLayer(element, runs, (text) => text.length * 5);
  document.body.append(element);
  return element;
}

it("lies over the words, stretched to their width", () => {
  const first = layer().querySelector("span") as HTMLElement;
  expect(first.style.left).toBe("10px");
  expect(first.style.transform).toBe(`scaleX(${100 / 65})`);
  expect(first.textContent).toBe("keeps the sys");
});

it("copies what is selected with what stands between", () => {
  const element = layer();
  const spans = [...element.querySelectorAll("span")];
  const range = document.createRange();
  range.setStart(spans[0]?.firstChild as Text, 6);
  range.setEnd(spans[2]?.firstChild as Text, 9);
  expect(selectedText(range, [element])).toBe("the system and its queue");
  range.setStart(spans[2]?.firstChild as Text, 4);
  range.setEnd(spans[4]?.firstChild as Text, 4);
  expect(selectedText(range, [element])).toBe("queue.\nNext\tcell");
  // A range that ends before a run's first letter does not hold what stands before it.
  range.setStart(spans[3]?.firstChild as Text, 0);
  range.setEnd(spans[4]?.firstChild as Text, 0);
  expect(selectedText(range, [element])).toBe("Next");
});

it("copies a whole page", () => {
  expect(joinedText(runs)).toBe("keeps the system and its queue.\nNext\tcell");
});
