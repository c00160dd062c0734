/** The causal map under the keyboard and the pen. */
import type { CauseBox } from "../../bindings/contract";

/** The head of a line's arrow, at its last point. */
export function arrow(points: readonly (readonly [number, number])[]): string {
  const [x, y] = points.at(-1) ?? [0, 0];
  return `${x},${y} ${x + 5},${y - 2.4} ${x + 5},${y + 2.4}`;
}

/** The box to which an arrow key leads: the nearest one on that side; Home and End lead to the first and the last. */
export function nextBox(boxes: readonly CauseBox[], at: number, key: string): number | undefined {
  if (key === "Home") return boxes.length > 0 ? 0 : undefined;
  if (key === "End") return boxes.length > 0 ? boxes.length - 1 : undefined;
  const from = boxes[at];
  const way = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[key] as [number, number] | undefined;
  if (!from || !way) return undefined;
  let best: { index: number; far: number } | undefined;
  for (const [index, box] of boxes.entries()) {
    const dx = box.x - from.x;
    const dy = box.y - from.y;
    const ahead = dx * way[0] + dy * way[1];
    const aside = Math.abs(dx * way[1]) + Math.abs(dy * way[0]);
    // Up and down stay in the column.
    if (ahead <= 0.5 || (way[1] !== 0 && aside > 1)) continue;
    const far = ahead + aside * 2;
    if (!best || far < best.far) best = { index, far };
  }
  return best?.index;
}
