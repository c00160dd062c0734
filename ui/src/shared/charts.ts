/** The place of a value on an axis of a net; the first axis points up, the others follow clockwise. */
export function point(index: number, count: number, share: number, radius: number): { x: number; y: number } {
  const angle = (index / Math.max(1, count)) * 2 * Math.PI - Math.PI / 2;
  const round = (value: number): number => Math.round(value * share * radius * 100) / 100 + 0;
  return { x: round(Math.cos(angle)), y: round(Math.sin(angle)) };
}

/** The outline of values on a net, as `points` of an SVG polygon. */
export function polygon(values: readonly number[], max: number, radius: number): string {
  return values
    .map((value, index) => {
      const at = point(index, values.length, Math.max(0, Math.min(1, value / max)), radius);
      return `${at.x},${at.y}`;
    })
    .join(" ");
}

/** A label in at most three lines; the last is cut when it is too long. */
export function wrapLabel(label: string, width: number): string[] {
  const words = label.split(" ");
  const lines: string[] = [];
  while (words.length > 0 && lines.length < 3) {
    let line = words.shift() as string;
    while (words.length > 0 && `${line} ${words[0]}`.length <= width) line += ` ${words.shift()}`;
    lines.push(line);
  }
  const last = [lines.pop() ?? "", ...words].join(" ");
  return [...lines, last.length > width && (words.length > 0 || lines.length > 0) ? `${last.slice(0, width - 1).trimEnd()}…` : last];
}

/** Low, medium, high or critical for likelihood × impact, as the plan bands it: 1–4, 5–9, 10–14, 15–25. */
export function bandOf(likelihood: number, impact: number): "low" | "medium" | "high" | "critical" {
  const score = likelihood * impact;
  return score >= 15 ? "critical" : score >= 10 ? "high" : score >= 5 ? "medium" : "low";
}
