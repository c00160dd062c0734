//! The lines on which ways between fixed boxes run, from box to box beside and between them, and where those cross.
//! Only what is in sight of a box is there (Wybrow, Marriott and Stuckey's orthogonal visibility graph).

use super::geometry::{Point, Rect};
use std::collections::HashSet;

/// How near to a box no line of another runs.
pub(super) const CLEAR: f64 = 8.0;
/// How far beside a box the furthest of its own lines runs.
const BESIDE: f64 = 34.0;
/// How near to one another lines may run.
const APART: f64 = 5.0;

/// Where a way may lead on from a crossing, as steps to the right and down.
pub(super) const DIRECTIONS: [(i32, i32); 4] = [(1, 0), (-1, 0), (0, 1), (0, -1)];
/// No crossing.
const NONE: u32 = u32::MAX;

/// Where two lines cross.
pub(super) struct Crossing {
    pub x: f64,
    pub y: f64,
    /// The next ones, by direction.
    next: [u32; 4],
}

impl Crossing {
    pub fn point(&self) -> Point {
        Point::new(self.x, self.y)
    }
}

/// A part of a line that no box is in the way of.
struct Stretch {
    from: f64,
    to: f64,
    /// Whether a box has it in sight.
    seen: bool,
}

/// What lies between a crossing and the next.
#[derive(Clone, Copy, Default)]
pub(super) struct Piece {
    /// How many ways run along it.
    pub used: u8,
    /// How many texts it runs through.
    pub texts: u8,
}

/// Upright and level lines, and what each piece of them is used for.
pub(super) struct Grid {
    xs: Vec<f64>,
    ys: Vec<f64>,
    upright: Vec<Vec<Stretch>>,
    level: Vec<Vec<Stretch>>,
    /// Row by row, from the left.
    pub crossings: Vec<Crossing>,
    rows: Vec<Vec<u32>>,
    columns: Vec<Vec<u32>>,
    /// The piece to the right of each crossing and the one below it.
    pieces: Vec<[Piece; 2]>,
    /// Where ways leave or enter boxes: crossing and direction out of the box.
    entered: HashSet<(usize, usize)>,
}

impl Grid {
    /// The lines beside all boxes and at the slots of those where lines end.
    pub fn new(rects: &[Rect], leaf: &[bool], ends: &[bool]) -> Self {
        let count = ends.iter().filter(|end| **end).count();
        let (slots, channels): (usize, &[f64]) = match count {
            0..=24 => (7, &[14.0, 24.0, BESIDE]),
            25..=60 => (5, &[14.0, 26.0]),
            _ => (3, &[14.0, 26.0]),
        };
        let own = |from: f64, long: f64, end: bool| {
            let beside = channels.iter().flat_map(move |channel| [from - channel, from + long + channel]);
            let slots = if end { slots } else { 0 };
            beside.chain((1..=slots).map(move |slot| from + long * slot as f64 / (slots + 1) as f64))
        };
        let seeing: Vec<(&Rect, bool)> = rects
            .iter()
            .enumerate()
            .filter(|(at, _)| leaf[*at] || ends[*at])
            .map(|(at, rect)| (rect, ends[at]))
            .collect();
        // Along the side of a boundary a line is taken for a part of it.
        let boundaries: Vec<&Rect> = rects.iter().zip(leaf).filter(|(_, leaf)| !**leaf).map(|(rect, _)| rect).collect();
        let mut xs: Vec<f64> = seeing.iter().flat_map(|(rect, end)| own(rect.x, rect.w, *end)).collect();
        let mut ys: Vec<f64> = seeing.iter().flat_map(|(rect, end)| own(rect.y, rect.h, *end)).collect();
        xs.retain(|x| !boundaries.iter().flat_map(|one| [one.x, one.right()]).any(|side| (side - x).abs() <= APART));
        ys.retain(|y| !boundaries.iter().flat_map(|one| [one.y, one.bottom()]).any(|side| (side - y).abs() <= APART));
        let (xs, ys) = (apart(xs), apart(ys));
        let blocks: Vec<Rect> =
            rects.iter().zip(leaf).filter(|(_, leaf)| **leaf).map(|(rect, _)| rect.grown(CLEAR)).collect();
        let across = blocks.iter().map(|rect| ((rect.x, rect.right()), (rect.y, rect.bottom()))).collect::<Vec<_>>();
        let down = across.iter().map(|(x, y)| (*y, *x)).collect::<Vec<_>>();
        let mut upright: Vec<Vec<Stretch>> = xs.iter().map(|x| stretches(*x, &across)).collect();
        let mut level: Vec<Vec<Stretch>> = ys.iter().map(|y| stretches(*y, &down)).collect();
        for (rect, end) in seeing {
            own(rect.x, rect.w, end).for_each(|x| see(&xs, &mut upright, x, rect.y, rect.bottom()));
            own(rect.y, rect.h, end).for_each(|y| see(&ys, &mut level, y, rect.x, rect.right()));
        }
        let (rows, columns) = (vec![Vec::new(); ys.len()], vec![Vec::new(); xs.len()]);
        let mut grid = Self {
            xs,
            ys,
            upright,
            level,
            crossings: Vec::new(),
            rows,
            columns,
            pieces: Vec::new(),
            entered: HashSet::new(),
        };
        grid.cross();
        grid
    }

    /// Finds the crossings and what is next to each.
    fn cross(&mut self) {
        // Of each upright line, the stretch that was come to, and the crossing before on it.
        let mut come_to = vec![0; self.xs.len()];
        let mut above = vec![NONE; self.xs.len()];
        for (row, y) in self.ys.iter().copied().enumerate() {
            for stretch in self.level[row].iter().filter(|one| one.seen) {
                let mut left = NONE;
                for column in within(&self.xs, stretch.from, stretch.to) {
                    let line = &self.upright[column];
                    let before = come_to[column];
                    while line.get(come_to[column]).is_some_and(|one| one.to < y) {
                        come_to[column] += 1;
                    }
                    if come_to[column] != before {
                        above[column] = NONE;
                    }
                    if !line.get(come_to[column]).is_some_and(|one| one.seen && one.from <= y) {
                        continue;
                    }
                    let at = self.crossings.len() as u32;
                    let next = [NONE, left, NONE, above[column]];
                    for (other, back) in [(left, 0), (above[column], 2)] {
                        if let Some(other) = self.crossings.get_mut(other as usize) {
                            other.next[back] = at;
                        }
                    }
                    self.crossings.push(Crossing { x: self.xs[column], y, next });
                    self.rows[row].push(at);
                    self.columns[column].push(at);
                    (left, above[column]) = (at, at);
                }
            }
        }
        self.pieces = vec![Default::default(); self.crossings.len()];
    }

    /// The next crossing in a direction, and the number of the piece up to there.
    pub fn ahead(&self, at: usize, direction: usize) -> Option<(usize, usize)> {
        let next = self.crossings[at].next[direction];
        let from = if direction.is_multiple_of(2) { at } else { next as usize };
        (next != NONE).then_some((next as usize, from * 2 + direction / 2))
    }

    /// What a piece is used for.
    pub fn piece(&self, number: usize) -> Piece {
        self.pieces[number / 2][number % 2]
    }

    /// How many ways are crossed by going straight over a crossing.
    pub fn crossed(&self, at: usize, level: bool) -> u8 {
        let used = |direction| self.ahead(at, direction).map_or(0, |(_, piece)| self.piece(piece).used);
        let (one, other) = if level { (used(2), used(3)) } else { (used(0), used(1)) };
        one.min(other).max(one.max(other).min(1))
    }

    /// Notes that a way runs from one crossing to the next.
    pub fn run(&mut self, from: usize, to: usize) {
        let step = (0..4).filter_map(|direction| self.ahead(from, direction)).find(|(next, _)| *next == to);
        if let Some((_, piece)) = step {
            let used = &mut self.pieces[piece / 2][piece % 2].used;
            *used = used.saturating_add(1);
        }
    }

    /// Whether a way leaves or enters a box there already.
    pub fn entered(&self, at: usize, direction: usize) -> bool {
        self.entered.contains(&(at, direction))
    }

    /// Notes that a way leaves or enters a box there.
    pub fn enter(&mut self, at: usize, direction: usize) {
        self.entered.insert((at, direction));
    }

    /// Notes that a text lies there: who runs through it pays.
    pub fn write(&mut self, rect: &Rect) {
        let Self { xs, ys, rows, columns, crossings, pieces, .. } = self;
        for row in inside(ys, rect.y, rect.bottom()) {
            let first = rows[row].partition_point(|at| crossings[*at as usize].x <= rect.x).saturating_sub(1);
            for at in rows[row][first..].iter().take_while(|at| crossings[**at as usize].x < rect.right()) {
                let texts = &mut pieces[*at as usize][0].texts;
                *texts = texts.saturating_add(1);
            }
        }
        for column in inside(xs, rect.x, rect.right()) {
            let first = columns[column].partition_point(|at| crossings[*at as usize].y <= rect.y).saturating_sub(1);
            for at in columns[column][first..].iter().take_while(|at| crossings[**at as usize].y < rect.bottom()) {
                let texts = &mut pieces[*at as usize][1].texts;
                *texts = texts.saturating_add(1);
            }
        }
    }

    /// Where lines may leave a box: the first crossing outside, the direction, and how far along the side it is (0 to 1).
    pub fn doors(&self, rect: &Rect) -> Vec<(usize, usize, f64)> {
        let mut doors = Vec::new();
        for column in within(&self.xs, rect.x + 6.0, rect.right() - 6.0) {
            let along = (self.xs[column] - rect.x) / rect.w.max(1.0);
            let (line, crossings) = (&self.upright[column], &self.columns[column]);
            let y = |at: u32| self.crossings[at as usize].y;
            doors.extend(after(line, crossings, rect.bottom(), y).map(|at| (at, 2, along)));
            doors.extend(before(line, crossings, rect.y, y).map(|at| (at, 3, along)));
        }
        for row in within(&self.ys, rect.y + 6.0, rect.bottom() - 6.0) {
            let along = (self.ys[row] - rect.y) / rect.h.max(1.0);
            let (line, crossings) = (&self.level[row], &self.rows[row]);
            let x = |at: u32| self.crossings[at as usize].x;
            doors.extend(after(line, crossings, rect.right(), x).map(|at| (at, 0, along)));
            doors.extend(before(line, crossings, rect.x, x).map(|at| (at, 1, along)));
        }
        doors
    }
}

/// How far from its box a way may turn at first.
const DOORSTEP: f64 = 11.0;

/// The first crossing beyond a side, if nothing is in the way to it.
fn after(line: &[Stretch], crossings: &[u32], side: f64, place: impl Fn(u32) -> f64) -> Option<usize> {
    let stretch = line.iter().find(|one| one.from <= side + CLEAR + 0.01 && one.to >= side + DOORSTEP)?;
    let first = *crossings.get(crossings.partition_point(|at| place(*at) < side + DOORSTEP))?;
    (place(first) <= stretch.to).then_some(first as usize)
}

/// The last crossing before a side, if nothing is in the way to it.
fn before(line: &[Stretch], crossings: &[u32], side: f64, place: impl Fn(u32) -> f64) -> Option<usize> {
    let stretch = line.iter().find(|one| one.to >= side - CLEAR - 0.01 && one.from <= side - DOORSTEP)?;
    let behind = crossings.partition_point(|at| place(*at) <= side - DOORSTEP);
    let last = *crossings.get(behind.checked_sub(1)?)?;
    (place(last) >= stretch.from).then_some(last as usize)
}

/// The lines from one place to another, both with it.
fn within(lines: &[f64], from: f64, to: f64) -> std::ops::Range<usize> {
    let first = lines.partition_point(|line| *line < from);
    first..lines.partition_point(|line| *line <= to).max(first)
}

/// The lines between two places, without those.
fn inside(lines: &[f64], from: f64, to: f64) -> std::ops::Range<usize> {
    let first = lines.partition_point(|line| *line <= from);
    first..lines.partition_point(|line| *line < to).max(first)
}

/// From where to where something reaches.
type Extent = (f64, f64);

/// What boxes leave of a line. Each box: how far it reaches across the line, and along it.
fn stretches(line: f64, blocks: &[(Extent, Extent)]) -> Vec<Stretch> {
    let on = |block: &&(Extent, Extent)| block.0.0 < line && line < block.0.1;
    let mut taken: Vec<Extent> = blocks.iter().filter(on).map(|block| block.1).collect();
    taken.sort_by(|one, other| one.0.total_cmp(&other.0));
    let mut free = Vec::new();
    let mut from = f64::NEG_INFINITY;
    for (start, end) in taken {
        if start >= from {
            free.push(Stretch { from, to: start, seen: false });
        }
        from = from.max(end);
    }
    free.push(Stretch { from, to: f64::INFINITY, seen: false });
    free
}

/// Marks what a box sees of its line at a place: what is beside it and on from there.
fn see(lines: &[f64], stretches: &mut [Vec<Stretch>], place: f64, from: f64, to: f64) {
    // A line that was too near to another is that other.
    let line = lines.partition_point(|line| *line <= place).checked_sub(1).filter(|at| place - lines[*at] < APART);
    let Some(line) = line else { return };
    for stretch in &mut stretches[line] {
        stretch.seen |= stretch.from <= to + BESIDE && stretch.to >= from - BESIDE;
    }
}

/// Sorted, and none nearer to the next than a line may be to another.
fn apart(mut lines: Vec<f64>) -> Vec<f64> {
    lines.retain(|line| line.is_finite());
    lines.sort_by(f64::total_cmp);
    let mut kept: Vec<f64> = Vec::with_capacity(lines.len());
    for line in lines {
        if kept.last().is_none_or(|last| line - last >= APART) {
            kept.push(line);
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    fn grid(rects: &[Rect]) -> Grid {
        Grid::new(rects, &vec![true; rects.len()], &vec![true; rects.len()])
    }

    #[test]
    fn lines_end_at_boxes_and_are_noted_on_the_pieces_that_they_run_along() {
        let boxes = [Rect::new(0.0, 0.0, 100.0, 60.0), Rect::new(300.0, 0.0, 100.0, 60.0)];
        let mut grid = grid(&boxes);
        let in_a_box = |at: &Crossing| boxes.iter().any(|rect| rect.grown(CLEAR).contains(at.point(), -0.1));
        assert!(!grid.crossings.is_empty() && !grid.crossings.iter().any(in_a_box));
        let to_the_right = grid.doors(&boxes[0]).into_iter().filter(|(_, direction, _)| *direction == 0);
        let (door, _, along) =
            to_the_right.min_by(|one, other| (one.2 - 0.5).abs().total_cmp(&(other.2 - 0.5).abs())).unwrap();
        assert!((along - 0.5).abs() < 0.01);
        let (next, piece) = grid.ahead(door, 0).unwrap();
        assert_eq!(grid.ahead(next, 1), Some((door, piece)));
        grid.run(door, next);
        assert_eq!(grid.piece(piece).used, 1);
        let (from, to) = (grid.crossings[door].point(), grid.crossings[next].point());
        grid.write(&Rect::around(Point::new((from.x + to.x) / 2.0, from.y), 2.0, 2.0));
        assert_eq!(grid.piece(piece).texts, 1);
    }

    #[test]
    fn boxes_that_touch_have_no_doors_to_each_other() {
        let boxes = [Rect::new(0.0, 0.0, 100.0, 60.0), Rect::new(100.0, 0.0, 100.0, 60.0)];
        let doors = grid(&boxes).doors(&boxes[0]);
        assert!(doors.iter().any(|(_, direction, _)| *direction == 1));
        assert!(!doors.iter().any(|(_, direction, _)| *direction == 0));
    }
}
