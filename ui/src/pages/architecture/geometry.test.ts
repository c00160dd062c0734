import { describe, expect, it } from "vitest";
import type { Rect } from "../../bindings/contract";
import { align, around, distribute, elbow, fitted, freePlace, middles, neighbour, over, snap, straightened, wayOf } from "./geometry";

const box = (x: number, y: number, w = 100, h = 50): Rect => ({ x, y, w, h });

describe("snapping", () => {
  it("takes the nearest edge or middle of another, and says along which lines it meets what", () => {
    const by = snap(box(104, 203), [box(100, 0), box(400, 0)], 6, 0);
    expect([by.dx, by.dy]).toEqual([-4, 0]);
    // Left, middle and right meet those of the box above; each guide reaches over both.
    expect(by.guides.map(({ upright, at, from, to }) => [upright, at, from, to])).toEqual([[true, 100, 0, 253], [true, 150, 0, 253], [true, 200, 0, 253]]);
  });

  it("meets the middle of one with the edge of another", () => {
    const by = snap(box(0, 98, 100, 50), [box(300, 20, 100, 105)], 6, 0);
    expect(by.dy).toBe(2);
    expect(by.guides).toEqual([{ upright: false, at: 125, from: 0, to: 400 }]);
  });

  it("falls on the grid where nothing is near", () => {
    expect(snap(box(13, 29), [box(500, 500)], 6, 7.5)).toEqual({ dx: 2, dy: 1, guides: [] });
    expect(snap(box(13, 29), [box(500, 500)], 6, 0)).toEqual({ dx: 0, dy: 0, guides: [] });
  });
});

describe("aligning and spreading", () => {
  const rects = new Map([["a", box(0, 0)], ["b", box(30, 100, 200, 80)], ["c", box(500, 400)]]);

  it("puts edges and middles on one line", () => {
    expect([...align(rects, "left").values()].map(({ x }) => x)).toEqual([0, 0, 0]);
    expect([...align(rects, "right").values()].map(({ x }) => x)).toEqual([500, 400, 500]);
    expect([...align(rects, "centre").values()].map(({ x }) => x)).toEqual([250, 200, 250]);
    expect([...align(rects, "top").values()]).toEqual([{ x: 0, y: 0 }, { x: 30, y: 0 }, { x: 500, y: 0 }]);
    expect([...align(rects, "bottom").values()].map(({ y }) => y)).toEqual([400, 370, 400]);
    expect([...align(rects, "middle").values()].map(({ y }) => y)).toEqual([200, 185, 200]);
    expect(align(new Map(), "left").size).toBe(0);
  });

  it("makes the gaps the same and leaves the outermost where they are", () => {
    const places = distribute(rects, true);
    expect(places.get("a")?.x).toBe(0);
    expect(places.get("c")?.x).toBe(500);
    // 600 of room, 400 of boxes: two gaps of 100.
    expect(places.get("b")).toEqual({ x: 200, y: 100 });
    expect(distribute(new Map([["a", box(0, 0)], ["b", box(9, 9)]]), true).size).toBe(0);
  });
});

describe("a line that follows", () => {
  it("leaves at the side that faces the other, and turns at right angles", () => {
    expect(elbow(box(0, 0), box(300, 200))).toEqual([{ x: 100, y: 25 }, { x: 200, y: 25 }, { x: 200, y: 225 }, { x: 300, y: 225 }]);
    expect(elbow(box(0, 0), box(0, 200))).toEqual([{ x: 50, y: 50 }, { x: 50, y: 200 }]);
    expect(elbow(box(0, 300), box(40, 0))).toEqual([{ x: 50, y: 300 }, { x: 50, y: 175 }, { x: 90, y: 175 }, { x: 90, y: 50 }]);
    for (const [from, to] of [[box(0, 0), box(333, 77)], [box(400, 10), box(0, 500)], [box(9, 900), box(700, 0)]] as const) {
      const way = elbow(from, to);
      way.slice(1).forEach((point, at) => expect(point.x === way[at]?.x || point.y === way[at]?.y).toBe(true));
    }
  });

  it("is a path", () => {
    expect(wayOf([{ x: 1, y: 2 }, { x: 3, y: 4 }])).toBe("M1 2L3 4");
  });
});

describe("bending a line", () => {
  it("leads it over its bends, from side to side", () => {
    expect(over({ x: 0, y: 0, w: 20, h: 10 }, [{ x: 10, y: 55 }, { x: 110, y: 55 }], { x: 100, y: 100, w: 20, h: 10 })).toEqual([{ x: 10, y: 10 }, { x: 10, y: 55 }, { x: 110, y: 55 }, { x: 110, y: 100 }]);
    expect(over({ x: 0, y: 0, w: 20, h: 10 }, [{ x: 11, y: 5 }], { x: 100, y: 0, w: 20, h: 10 })[0]).toEqual({ x: 10, y: 5 });
  });

  it("straightens what is nearly straight", () => {
    expect(straightened({ x: 12, y: 40 }, [{ x: 10, y: 0 }, { x: 90, y: 44 }], 5)).toEqual({ x: 10, y: 44 });
    expect(straightened({ x: 30, y: 30 }, [{ x: 10, y: 0 }, undefined], 5)).toEqual({ x: 30, y: 30 });
  });

  it("knows where another bend can be", () => {
    expect(middles([{ x: 0, y: 0 }, { x: 0, y: 100 }, { x: 8, y: 100 }, { x: 8, y: 300 }], 20)).toEqual([{ at: { x: 0, y: 50 }, bend: 0 }, { at: { x: 8, y: 200 }, bend: 2 }]);
  });
});

describe("finding a way about", () => {
  const rects = new Map([["here", box(0, 0)], ["right", box(300, 20)], ["farther", box(600, 0)], ["below", box(10, 300)], ["aside", box(290, 260)]]);

  it("goes to the nearest in a direction, straight ahead first", () => {
    expect(neighbour(rects, "here", "ArrowRight")).toBe("right");
    expect(neighbour(rects, "here", "ArrowDown")).toBe("below");
    expect(neighbour(rects, "here", "ArrowLeft")).toBeUndefined();
    expect(neighbour(rects, "farther", "ArrowLeft")).toBe("right");
    expect(neighbour(rects, "nowhere", "ArrowLeft")).toBeUndefined();
  });

  it("fits a drawing into its room, and small ones not larger than they are read", () => {
    expect(fitted({ width: 1036, height: 536 }, { width: 2000, height: 500 })).toEqual({ x: 18, y: 143, zoom: 0.5 });
    expect(fitted({ width: 1000, height: 1000 }, { width: 100, height: 100 }).zoom).toBe(1.5);
  });

  it("knows what is around all, and nothing around nothing", () => {
    expect(around([box(10, 20), box(-5, 60, 20, 5)])).toEqual({ x: -5, y: 20, w: 115, h: 50 });
    expect(around([])).toBeNull();
  });

  it("puts something new where it lies on nothing, as near as it can", () => {
    expect(freePlace(box(500, 500), [box(0, 0)], 10)).toEqual({ x: 500, y: 500 });
    const place = freePlace(box(20, 10), [box(0, 0)], 10);
    expect(place).toEqual({ x: 20, y: 60 });
  });
});
