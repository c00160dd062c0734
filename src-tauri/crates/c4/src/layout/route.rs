//! Ways for lines between boxes that stay where they are: level and upright, around the boxes, with few bends and
//! crossings. Dijkstra's search on a grid of lines beside the boxes, one line after the other, the short ones first.

use super::engine::straightened;
use super::geometry::{Point, Rect};
use super::graph::{Graph, Layout};
use super::grid::Grid;
use super::labels;
use std::cmp::Reverse;
use std::collections::{BinaryHeap, HashMap};

/// What a bend costs, in units of length.
const BEND: u64 = 60;
/// What crossing another line costs.
const CROSSING: u64 = 130;
/// What a piece along on another line costs.
const SHARED: u64 = 900;
/// What leaving a side away from its middle costs, at its end.
const ASIDE: f64 = 24.0;

/// Finds the ways of all lines.
pub(super) fn routes(graph: &Graph, layout: &mut Layout) {
    let mut leaf = vec![true; graph.nodes.len()];
    graph.nodes.iter().filter_map(|node| node.parent).for_each(|parent| leaf[parent] = false);
    let mut ends = vec![false; graph.nodes.len()];
    for edge in &graph.edges {
        ends[edge.source] = true;
        ends[edge.destination] = true;
    }
    let mut grid = Grid::new(graph, &layout.nodes, &leaf, &ends);
    // Beyond that a search would take the memory that the application has not got.
    let searched = grid.xs.len() * grid.ys.len() <= LARGEST_GRID;
    let mut search = if searched { Search::of(&grid) } else { Search::default() };
    let mut order: Vec<usize> = (0..graph.edges.len()).collect();
    let far = |at: &usize| {
        let edge = &graph.edges[*at];
        layout.nodes[edge.source].centre().distance(layout.nodes[edge.destination].centre()) as u64
    };
    order.sort_by_key(far);
    for at in order {
        let edge = &graph.edges[at];
        let (source, destination) = (layout.nodes[edge.source], layout.nodes[edge.destination]);
        let points = if edge.source == edge.destination {
            let boxes: Vec<Rect> =
                layout.nodes.iter().zip(&leaf).filter(|(_, leaf)| **leaf).map(|(rect, _)| *rect).collect();
            loop_beside(&source, &boxes)
        } else if !edge.bends.is_empty() {
            bent_by_hand(&source, &destination, &edge.bends)
        } else {
            let taken = layout.edges.iter().filter_map(|route| route.label);
            let boxes = layout.nodes.iter().zip(&leaf).filter(|(_, leaf)| **leaf).map(|(rect, _)| *rect);
            let text =
                edge.label.map(|size| Text { size, taken: boxes.chain(taken).map(|rect| rect.grown(5.0)).collect() });
            let found = if searched { way(&mut search, &mut grid, &source, &destination, text.as_ref()) } else { None };
            found.unwrap_or_else(|| elbow(&source, &destination))
        };
        layout.edges[at].points = straightened(points);
        labels::place_one(graph, layout, &leaf, at);
        if let Some(label) = layout.edges[at].label {
            grid.write(&label.grown(5.0));
        }
    }
    // Those that came first did not know of those that came later.
    for at in 0..graph.edges.len() {
        labels::place_one(graph, layout, &leaf, at);
    }
}

/// The text that must find room on a way.
struct Text {
    size: (f64, f64),
    taken: Vec<Rect>,
}

impl Text {
    /// Whether the text fits with its middle there.
    fn fits(&self, at: Point) -> bool {
        let rect = Rect::around(at, self.size.0, self.size.1);
        !self.taken.iter().any(|taken| taken.overlaps(&rect, 0.0))
    }
}

/// A way over the bends that a person made: from the middle of a box to that of the other, as far as it is outside.
fn bent_by_hand(source: &Rect, destination: &Rect, bends: &[Point]) -> Vec<Point> {
    let leave = |rect: &Rect, towards: Point| {
        let from = rect.centre();
        let share = rect.clip(from, towards).map_or(0.0, |(_, leave)| leave);
        Point::new(from.x + (towards.x - from.x) * share, from.y + (towards.y - from.y) * share)
    };
    let (Some(first), Some(last)) = (bends.first(), bends.last()) else { return elbow(source, destination) };
    let mut points = vec![leave(source, *first)];
    points.extend(bends);
    points.push(leave(destination, *last));
    points
}

/// A line from a box back to itself, around the corner where it is in nobody's way.
fn loop_beside(rect: &Rect, boxes: &[Rect]) -> Vec<Point> {
    let around = |right: bool, up: bool, out: f64| {
        let (side, beyond) = if right { (rect.right(), rect.right() + out) } else { (rect.x, rect.x - out) };
        let (end, over) = if up { (rect.y, rect.y - out) } else { (rect.bottom(), rect.bottom() + out) };
        let y = rect.y + rect.h * if up { 0.35 } else { 0.65 };
        let x = rect.x + rect.w * if right { 0.8 } else { 0.2 };
        vec![
            Point::new(side, y),
            Point::new(beyond, y),
            Point::new(beyond, over),
            Point::new(x, over),
            Point::new(x, end),
        ]
    };
    let in_the_way = |points: &Vec<Point>| {
        let parts = || points.windows(2);
        boxes
            .iter()
            .filter(|other| *other != rect && parts().any(|pair| other.clip(pair[0], pair[1]).is_some()))
            .count()
    };
    let corners = [(true, true), (true, false), (false, true), (false, false)];
    let ways = [24.0, 14.0].into_iter().flat_map(|out| corners.map(|(right, up)| around(right, up, out)));
    ways.min_by_key(in_the_way).unwrap_or_default()
}

/// A way that minds nothing, for boxes between which there is none.
fn elbow(source: &Rect, destination: &Rect) -> Vec<Point> {
    let (from, to) = (source.centre(), destination.centre());
    if (from.y - to.y).abs() > (from.x - to.x).abs() {
        let down = to.y > from.y;
        let (start, end) = if down { (source.bottom(), destination.y) } else { (source.y, destination.bottom()) };
        let middle = (start + end) / 2.0;
        vec![Point::new(from.x, start), Point::new(from.x, middle), Point::new(to.x, middle), Point::new(to.x, end)]
    } else {
        let right = to.x > from.x;
        let (start, end) = if right { (source.right(), destination.x) } else { (source.x, destination.right()) };
        let middle = (start + end) / 2.0;
        vec![Point::new(start, from.y), Point::new(middle, from.y), Point::new(middle, to.y), Point::new(end, to.y)]
    }
}

/// Where a line may leave a box: crossing of the grid, direction, cost of leaving there.
fn doors(grid: &Grid, rect: &Rect) -> Vec<(usize, usize, (i32, i32), u64)> {
    let mut doors = Vec::new();
    let inside = |lines: &[f64], from: f64, to: f64| {
        (lines.partition_point(|line| *line < from + 6.0), lines.partition_point(|line| *line <= to - 6.0))
    };
    let aside = |place: f64, from: f64, long: f64| (((place - from) / long.max(1.0) - 0.5).abs() * 2.0 * ASIDE) as u64;
    let (x0, x1) = inside(&grid.xs, rect.x, rect.right());
    let below = grid.ys.partition_point(|line| *line < rect.bottom() + 11.0);
    let above = grid.ys.partition_point(|line| *line <= rect.y - 11.0);
    for x in x0..x1 {
        let cost = aside(grid.xs[x], rect.x, rect.w);
        if below < grid.ys.len() {
            doors.push((x, below, (0, 1), cost + (grid.ys[below] - rect.bottom()) as u64));
        }
        if above > 0 {
            doors.push((x, above - 1, (0, -1), cost + (rect.y - grid.ys[above - 1]) as u64));
        }
    }
    let (y0, y1) = inside(&grid.ys, rect.y, rect.bottom());
    let right = grid.xs.partition_point(|line| *line < rect.right() + 11.0);
    let left = grid.xs.partition_point(|line| *line <= rect.x - 11.0);
    for y in y0..y1 {
        let cost = aside(grid.ys[y], rect.y, rect.h);
        if right < grid.xs.len() {
            doors.push((right, y, (1, 0), cost + (grid.xs[right] - rect.right()) as u64));
        }
        if left > 0 {
            doors.push((left - 1, y, (-1, 0), cost + (rect.x - grid.xs[left - 1]) as u64));
        }
    }
    doors
}

const DIRECTIONS: [(i32, i32); 4] = [(1, 0), (-1, 0), (0, 1), (0, -1)];

/// What running through the text of another line costs.
const THROUGH_TEXT: u64 = 500;
/// What a way costs on which its text finds no room.
const NO_ROOM: u64 = 6_000;

/// Crossings of the grid beyond which ways are not searched but drawn straight.
const LARGEST_GRID: usize = 600_000;

/// A search: what each state costs, and from where. A state is a crossing of the grid, a direction, and whether there
/// was room for the text on the way. One is used for all lines: what an earlier round wrote counts as not written.
#[derive(Default)]
struct Search {
    cost: Vec<u64>,
    from: Vec<u32>,
    written: Vec<u32>,
    round: u32,
    queue: BinaryHeap<Reverse<(u64, u64, usize)>>,
}

impl Search {
    fn of(grid: &Grid) -> Self {
        let states = grid.xs.len() * grid.ys.len() * 8;
        Self {
            cost: vec![0; states],
            from: vec![0; states],
            written: vec![0; states],
            round: 0,
            queue: BinaryHeap::new(),
        }
    }

    fn begin(&mut self) {
        self.round += 1;
        self.queue.clear();
    }

    fn cost(&self, at: usize) -> u64 {
        if self.written[at] == self.round { self.cost[at] } else { u64::MAX }
    }

    /// `left`: what it costs at least from there on.
    fn reach(&mut self, at: usize, from: u32, price: u64, left: u64) {
        if price < self.cost(at) {
            (self.cost[at], self.from[at], self.written[at]) = (price, from, self.round);
            self.queue.push(Reverse((price + left, price, at)));
        }
    }
}

/// The cheapest way from one box to another.
fn way(
    search: &mut Search,
    grid: &mut Grid,
    source: &Rect,
    destination: &Rect,
    text: Option<&Text>,
) -> Option<Vec<Point>> {
    let width = grid.xs.len();
    let size = width * grid.ys.len();
    let state = |x: usize, y: usize, direction: usize, room: usize| (room * 4 + direction) * size + y * width + x;
    let direction_of = |wanted: (i32, i32)| DIRECTIONS.iter().position(|one| *one == wanted).unwrap_or(0);
    search.begin();
    // No way is shorter than the distance (Hart, Nilsson and Raphael's A*).
    let left = |grid: &Grid, x: usize, y: usize| {
        let out = |at: f64, from: f64, to: f64| (from - at).max(at - to).max(0.0);
        (out(grid.xs[x], destination.x, destination.right()) + out(grid.ys[y], destination.y, destination.bottom()))
            as u64
    };
    // 0: not asked yet, 1: room, 2: none.
    let mut room_on = vec![0_u8; size * 2];
    let mut goals: HashMap<usize, u64> = HashMap::new();
    for (x, y, (dx, dy), price) in doors(grid, destination) {
        // Into the box: against the way out. A stub that another line uses is a poor place to enter.
        let price = price + u64::from(stub_used(grid, x, y, (dx, dy))) * SHARED;
        let direction = direction_of((-dx, -dy));
        goals.insert(state(x, y, direction, 1), price);
        goals.insert(state(x, y, direction, 0), price + if text.is_some() { NO_ROOM } else { 0 });
    }
    for (x, y, direction, price) in doors(grid, source) {
        let price = price + u64::from(stub_used(grid, x, y, direction)) * SHARED;
        search.reach(state(x, y, direction_of(direction), 0), u32::MAX, price, left(grid, x, y));
    }
    let mut best: Option<(u64, usize)> = None;
    while let Some(Reverse((least, price, at))) = search.queue.pop() {
        if price > search.cost(at) {
            continue;
        }
        if best.is_some_and(|(known, _)| least >= known) {
            break;
        }
        let (room, direction, place) = (at / size / 4, at / size % 4, at % size);
        let (x, y) = (place % width, place / width);
        if let Some(end) = goals.get(&at)
            && best.is_none_or(|(known, _)| price + end < known)
        {
            best = Some((price + end, at));
        }
        let (dx, dy) = DIRECTIONS[direction];
        for (turn, (tx, ty)) in DIRECTIONS.iter().enumerate() {
            if turn != direction {
                if (*tx, *ty) != (-dx, -dy) {
                    search.reach(state(x, y, turn, room), at as u32, price + BEND, left(grid, x, y));
                }
                continue;
            }
            let Some(piece) = grid.ahead(x, y, *tx, *ty) else { continue };
            let (nx, ny) = ((x as i64 + i64::from(*tx)) as usize, (y as i64 + i64::from(*ty)) as usize);
            let long = (grid.xs[nx] - grid.xs[x]).abs() + (grid.ys[ny] - grid.ys[y]).abs();
            let crossing = u64::from(grid.crossed(nx, ny, *ty == 0)) * CROSSING;
            let shared = u64::from(piece.used) * (SHARED + long as u64 * 8);
            let next = price + long.round() as u64 + crossing + shared + u64::from(piece.texts) * THROUGH_TEXT;
            let mut room = room;
            if let (0, Some(text)) = (room, text) {
                let middle = Point::new((grid.xs[nx] + grid.xs[x]) / 2.0, (grid.ys[ny] + grid.ys[y]) / 2.0);
                let known = &mut room_on[piece.number];
                if *known == 0 {
                    *known = if piece.texts == 0 && piece.used == 0 && text.fits(middle) { 1 } else { 2 };
                }
                room = usize::from(*known == 1);
            }
            search.reach(state(nx, ny, turn, room), at as u32, next, left(grid, nx, ny));
        }
    }
    let (_, end) = best?;
    let mut places = Vec::new();
    let mut at = end;
    loop {
        let here = (at % size % width, at % size / width);
        if places.last() != Some(&here) {
            places.push(here);
        }
        if search.from[at] == u32::MAX {
            break;
        }
        at = search.from[at] as usize;
    }
    let start = at / size % 4;
    places.reverse();
    for pair in places.windows(2) {
        grid.run(pair[0], pair[1]);
    }
    let mut points: Vec<Point> = places.iter().map(|(x, y)| Point::new(grid.xs[*x], grid.ys[*y])).collect();
    points.insert(0, touch(source, *points.first()?, DIRECTIONS[start]));
    let (dx, dy) = DIRECTIONS[end / size % 4];
    points.push(touch(destination, *points.last()?, (-dx, -dy)));
    mark_stub(grid, places.first().copied()?, DIRECTIONS[start]);
    mark_stub(grid, places.last().copied()?, (-dx, -dy));
    Some(points)
}

/// Where a way leaves the side of a box.
fn touch(rect: &Rect, from: Point, out: (i32, i32)) -> Point {
    match out {
        (0, 1) => Point::new(from.x, rect.bottom()),
        (0, _) => Point::new(from.x, rect.y),
        (1, _) => Point::new(rect.right(), from.y),
        _ => Point::new(rect.x, from.y),
    }
}

/// Whether a line leaves or enters there already: the piece of the grid back into the box tells.
fn stub_used(grid: &Grid, x: usize, y: usize, out: (i32, i32)) -> bool {
    grid.stubs.contains(&(x, y, out.0 != 0))
}

fn mark_stub(grid: &mut Grid, (x, y): (usize, usize), out: (i32, i32)) {
    grid.stubs.insert((x, y, out.0 != 0));
}
