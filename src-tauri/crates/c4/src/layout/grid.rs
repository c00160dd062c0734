//! The lines on which ways between fixed boxes run, and what is in the way on them.

use super::geometry::Rect;
use super::graph::Graph;
use std::collections::HashSet;

/// How near to a box no line of another runs.
pub(super) const CLEAR: f64 = 8.0;

/// A free piece of a line of the grid.
pub(super) struct Ahead {
    /// Its number among all.
    pub number: usize,
    /// How many ways run along it.
    pub used: u8,
    /// How many texts it runs through.
    pub texts: u8,
}

/// Upright and level lines, and what each piece of them is used for.
pub(super) struct Grid {
    pub xs: Vec<f64>,
    pub ys: Vec<f64>,
    /// Whether the piece to the right (0) or downwards (1) of a crossing is free.
    free: [Vec<bool>; 2],
    /// How many ways run along that piece.
    used: [Vec<u8>; 2],
    /// How many texts that piece runs through.
    texts: [Vec<u8>; 2],
    /// Where ways leave or enter boxes: crossing, and whether level.
    pub stubs: HashSet<(usize, usize, bool)>,
}

impl Grid {
    /// The lines beside all boxes and at the slots of those where lines end.
    pub fn new(graph: &Graph, rects: &[Rect], leaf: &[bool], ends: &[bool]) -> Self {
        let count = ends.iter().filter(|end| **end).count();
        let (slots, channels): (usize, &[f64]) = match count {
            0..=24 => (7, &[14.0, 24.0, 34.0]),
            25..=60 => (5, &[14.0, 26.0]),
            _ => (3, &[14.0, 26.0]),
        };
        let (mut xs, mut ys) = (Vec::new(), Vec::new());
        for (at, rect) in rects.iter().enumerate().filter(|(at, _)| leaf[*at] || ends[*at]) {
            for channel in channels {
                xs.extend([rect.x - channel, rect.right() + channel]);
                ys.extend([rect.y - channel, rect.bottom() + channel]);
            }
            if ends[at] {
                for slot in 1..=slots {
                    let share = slot as f64 / (slots + 1) as f64;
                    xs.push(rect.x + rect.w * share);
                    ys.push(rect.y + rect.h * share);
                }
            }
        }
        // Along the side of a boundary a line is taken for a part of it.
        let sides = |side: fn(&Rect) -> [f64; 2]| -> Vec<f64> {
            rects.iter().enumerate().filter(|(at, _)| !leaf[*at]).flat_map(|(_, rect)| side(rect)).collect()
        };
        let (upright, level) = (sides(|rect| [rect.x, rect.right()]), sides(|rect| [rect.y, rect.bottom()]));
        xs.retain(|x| upright.iter().all(|side| (side - x).abs() > 5.0));
        ys.retain(|y| level.iter().all(|side| (side - y).abs() > 5.0));
        let xs = apart(xs);
        let ys = apart(ys);
        let size = xs.len() * ys.len();
        let mut grid = Self {
            xs,
            ys,
            free: [vec![true; size], vec![true; size]],
            used: [vec![0; size], vec![0; size]],
            texts: [vec![0; size], vec![0; size]],
            stubs: HashSet::new(),
        };
        for rect in
            rects.iter().enumerate().filter(|(at, _)| leaf[*at] && graph.nodes.len() > *at).map(|(_, rect)| rect)
        {
            grid.block(&rect.grown(CLEAR));
        }
        grid
    }

    pub fn at(&self, x: usize, y: usize) -> usize {
        y * self.xs.len() + x
    }

    /// The lines that run through a rectangle: first and one past the last, upright and level.
    fn through(&self, rect: &Rect) -> ((usize, usize), (usize, usize)) {
        let inside = |lines: &[f64], from: f64, to: f64| {
            let first = lines.partition_point(|line| *line <= from);
            (first, lines.partition_point(|line| *line < to))
        };
        (inside(&self.xs, rect.x, rect.right()), inside(&self.ys, rect.y, rect.bottom()))
    }

    /// Notes that a text lies there: who runs through it pays.
    pub fn write(&mut self, rect: &Rect) {
        let ((x0, x1), (y0, y1)) = self.through(rect);
        for (x, y) in (y0..y1).flat_map(|y| (x0.saturating_sub(1)..x1).map(move |x| (x, y))) {
            let at = self.at(x, y);
            self.texts[0][at] = self.texts[0][at].saturating_add(1);
        }
        for (x, y) in (x0..x1).flat_map(|x| (y0.saturating_sub(1)..y1).map(move |y| (x, y))) {
            let at = self.at(x, y);
            self.texts[1][at] = self.texts[1][at].saturating_add(1);
        }
    }

    fn block(&mut self, rect: &Rect) {
        let ((x0, x1), (y0, y1)) = self.through(rect);
        for y in y0..y1 {
            for x in x0.saturating_sub(1)..x1 {
                let at = self.at(x, y);
                self.free[0][at] = false;
            }
        }
        for x in x0..x1 {
            for y in y0.saturating_sub(1)..y1 {
                let at = self.at(x, y);
                self.free[1][at] = false;
            }
        }
    }

    /// The piece between a crossing and its neighbour: which list, where in it.
    fn piece(&self, x: usize, y: usize, dx: i32, dy: i32) -> Option<(usize, usize)> {
        match (dx, dy) {
            (1, _) => (x + 1 < self.xs.len()).then(|| (0, self.at(x, y))),
            (-1, _) => (x > 0).then(|| (0, self.at(x - 1, y))),
            (_, 1) => (y + 1 < self.ys.len()).then(|| (1, self.at(x, y))),
            _ => (y > 0).then(|| (1, self.at(x, y - 1))),
        }
    }

    /// The piece in a direction, if it is free.
    pub fn ahead(&self, x: usize, y: usize, dx: i32, dy: i32) -> Option<Ahead> {
        let (list, at) = self.piece(x, y, dx, dy)?;
        let piece =
            Ahead { number: list * self.free[0].len() + at, used: self.used[list][at], texts: self.texts[list][at] };
        self.free[list][at].then_some(piece)
    }

    /// How many ways are crossed by going straight over a crossing.
    pub fn crossed(&self, x: usize, y: usize, level: bool) -> u8 {
        let (one, other) = if level { ((0, 1), (0, -1)) } else { ((1, 0), (-1, 0)) };
        let used = |(dx, dy): (i32, i32)| self.piece(x, y, dx, dy).map_or(0, |(list, at)| self.used[list][at]);
        used(one).min(used(other)).max(used(one).max(used(other)).min(1))
    }

    /// Notes that a way runs from one crossing straight to another.
    pub fn run(&mut self, (x0, y0): (usize, usize), (x1, y1): (usize, usize)) {
        for x in x0.min(x1)..x0.max(x1) {
            let at = self.at(x, y0);
            self.used[0][at] = self.used[0][at].saturating_add(1);
        }
        for y in y0.min(y1)..y0.max(y1) {
            let at = self.at(x0, y);
            self.used[1][at] = self.used[1][at].saturating_add(1);
        }
    }
}

/// Sorted, and none nearer to the next than a line may be to another.
fn apart(mut lines: Vec<f64>) -> Vec<f64> {
    lines.retain(|line| line.is_finite());
    lines.sort_by(f64::total_cmp);
    let mut kept: Vec<f64> = Vec::with_capacity(lines.len());
    for line in lines {
        if kept.last().is_none_or(|last| line - last >= 5.0) {
            kept.push(line);
        }
    }
    kept
}
