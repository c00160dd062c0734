/** A drawing as the high-contrast theme shows it: on black, with lines and frames that stand out. Pure. */
import type { Drawing, Shape } from "../../bindings/contract";

const BLACK = "#000000";
/** Relative luminance of what must stand out: more than 7 to 1 on every dark ground of the core's. */
const CLEAR = 0.5;
/** No line is thinner, in points. */
const THIN = 1.5;

type Channels = [number, number, number];

/** Red, green and blue of `#rrggbb`, 0–255; null for anything else. */
function channels(colour: string): Channels | null {
  const found = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(colour);
  return found ? (found.slice(1).map((each) => Number.parseInt(each, 16)) as Channels) : null;
}

/** Relative luminance of a colour, 0–1, as WCAG reckons it. */
export function luminance(colour: string): number {
  const [r, g, b] = (channels(colour) ?? [0, 0, 0]).map((each) => {
    const part = each / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  }) as Channels;
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

/** The colour itself where it stands out on black, else with as much white as it needs. */
export function clear(colour: string): string {
  const own = channels(colour);
  if (!own) return colour;
  for (let white = 0; white < 1; white += 0.05) {
    const mixed = `#${own.map((each) => Math.round(each + (255 - each) * white).toString(16).padStart(2, "0")).join("")}`;
    if (luminance(mixed) >= CLEAR) return mixed;
  }
  return "#ffffff";
}

const outlined = (shape: Shape): Shape =>
  shape.shape === "path" && shape.stroke ? { ...shape, opacity: 1, stroke: { ...shape.stroke, colour: clear(shape.stroke.colour), width: Math.max(THIN, shape.stroke.width) } } : shape;
const written = (shape: Shape): Shape => (shape.shape === "text" ? { ...shape, opacity: 1, colour: clear(shape.colour) } : shape);

/** Heads of arrows are filled in the colour of their line; what lies behind a text is not. */
function line(shapes: readonly Shape[]): Shape[] {
  const own = shapes.find((shape) => shape.shape === "path" && shape.stroke);
  const colour = own?.shape === "path" ? own.stroke?.colour : undefined;
  return shapes.map((shape) => {
    const it = written(outlined(shape));
    return it.shape === "path" && it.fill && it.fill === colour ? { ...it, opacity: 1, fill: clear(it.fill) } : it;
  });
}

/** The drawing on black. Words in boxes stay as they are: the core chose their colours for the boxes. */
export function inContrast(drawing: Drawing): Drawing {
  const ground = (shape: Shape): Shape => (shape.shape === "path" && shape.fill === drawing.paper ? { ...shape, fill: BLACK } : shape);
  return {
    ...drawing,
    paper: BLACK,
    boundaries: drawing.boundaries.map((each) => ({ ...each, shapes: each.shapes.map((shape) => written(outlined(ground(shape)))) })),
    lines: drawing.lines.map((each) => ({ ...each, shapes: line(each.shapes).map(ground) })),
    boxes: drawing.boxes.map((each) => ({ ...each, shapes: each.shapes.map(outlined) })),
  };
}
