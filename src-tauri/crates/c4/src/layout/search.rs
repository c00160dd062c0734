//! The cheapest way between two boxes over a grid: Hart, Nilsson and Raphael's A*, with a queue of buckets.

use super::geometry::{Point, Rect};
use super::grid::{DIRECTIONS, Grid};
use super::near::Near;

/// What a bend costs, in units of length.
const BEND: u32 = 60;
/// What crossing another line costs.
const CROSSING: u32 = 130;
/// What a piece along on another line costs, and each unit of it.
const SHARED: u32 = 900;
const ALONG: f64 = 8.0;
/// What leaving a side away from its middle costs, at its end.
const ASIDE: f64 = 24.0;
/// What running through the text of another line costs.
const THROUGH_TEXT: u32 = 500;
/// What a way costs on which its text finds no room.
const NO_ROOM: u32 = 1_500;

/// Prices that one bucket of the queue is for, and how many buckets there are; the last is for all above.
const BUCKET: u32 = 4;
const BUCKETS: usize = 1 << 13;

/// What it costs to come somewhere, and from where.
#[derive(Clone, Copy, Default)]
struct Reached {
    price: u32,
    from: u32,
    /// The search that wrote it: what another wrote counts as not written.
    round: u32,
}

/// The text that must find room on a way.
pub(super) struct Text<'n> {
    /// Width and height.
    pub size: (f64, f64),
    /// Where boxes and other texts are.
    pub taken: &'n Near,
}

impl Text<'_> {
    /// Whether the text fits somewhere on a straight piece.
    fn fits(&self, from: Point, to: Point) -> bool {
        let (w, h) = self.size;
        let (mut at, end) =
            (Point::new(from.x.min(to.x), from.y.min(to.y)), Point::new(from.x.max(to.x), from.y.max(to.y)));
        let level = end.x - at.x > end.y - at.y;
        loop {
            // From what is in the way on to behind it.
            match self.taken.first(&Rect::around(at, w, h)) {
                None => return true,
                Some(taken) if level => at.x = taken.right() + w / 2.0 + 1.0,
                Some(taken) => at.y = taken.bottom() + h / 2.0 + 1.0,
            }
            if at.x > end.x || at.y > end.y {
                return false;
            }
        }
    }
}

/// Searches, one after the other. A state is a crossing of the grid, a direction, and whether there was room for the
/// text on the way.
pub(super) struct Search {
    reached: Vec<Reached>,
    /// Whether there is room for the text on a piece: not asked yet, or as of the round.
    room: Vec<(u32, bool)>,
    /// The round for which a crossing is at the end.
    end: Vec<u32>,
    round: u32,
    buckets: Vec<Vec<(u32, u32)>>,
    /// The bucket that is being emptied.
    bucket: usize,
}

impl Search {
    pub fn of(grid: &Grid) -> Self {
        let crossings = grid.crossings.len();
        Self {
            reached: vec![Reached::default(); crossings * 8],
            room: vec![(0, false); crossings * 2],
            end: vec![0; crossings],
            round: 0,
            buckets: Vec::new(),
            bucket: 0,
        }
    }

    fn price(&self, state: usize) -> u32 {
        let reached = self.reached[state];
        if reached.round == self.round { reached.price } else { u32::MAX }
    }

    /// Notes a state that is on the way to a box.
    fn reach(&mut self, state: usize, from: u32, price: u32, here: &Point, to: &Rect) {
        // Who has had room for the text, and came as cheaply, is better off from here on.
        if price < self.price(state) && (state % 2 == 1 || price < self.price(state + 1)) {
            self.reached[state] = Reached { price, from, round: self.round };
            let left = left(here, state / 2 % 4, to);
            let bucket = ((price.saturating_add(left) / BUCKET) as usize).clamp(self.bucket, BUCKETS - 1);
            if self.buckets.len() <= bucket {
                self.buckets.resize_with(bucket + 1, Vec::new);
            }
            self.buckets[bucket].push((state as u32, price));
        }
    }

    /// The cheapest way from one box to another, which then counts as used.
    pub fn way(
        &mut self,
        grid: &mut Grid,
        source: &Rect,
        destination: &Rect,
        text: Option<&Text<'_>>,
    ) -> Option<Vec<Point>> {
        self.round += 1;
        self.buckets.iter_mut().for_each(Vec::clear);
        self.bucket = 0;
        // Into the box: against the way out.
        let goals: Vec<(usize, u32)> = doors(grid, destination)
            .into_iter()
            .map(|(at, direction, price)| (at * 4 + (direction ^ 1), price))
            .collect();
        goals.iter().for_each(|(goal, _)| self.end[goal / 4] = self.round);
        for (at, direction, price) in doors(grid, source) {
            self.reach((at * 4 + direction) * 2, u32::MAX, price, &grid.crossings[at].point(), destination);
        }
        let mut best: Option<(u32, usize)> = None;
        while self.bucket < self.buckets.len() {
            let Some((state, price)) = self.buckets[self.bucket].pop() else {
                self.bucket += 1;
                continue;
            };
            if best.is_some_and(|(known, _)| self.bucket as u32 * BUCKET >= known) {
                break;
            }
            let state = state as usize;
            if price > self.price(state) || (state.is_multiple_of(2) && price >= self.price(state + 1)) {
                continue;
            }
            if self.end[state / 8] == self.round {
                for (_, end) in goals.iter().filter(|(goal, _)| *goal == state / 2) {
                    let price = price + end + if text.is_some() && state.is_multiple_of(2) { NO_ROOM } else { 0 };
                    if best.is_none_or(|(known, _)| price < known) {
                        best = Some((price, state));
                    }
                }
            }
            self.onward(grid, state, price, destination, text);
        }
        let (_, end) = best?;
        Some(self.walked(grid, end, source, destination))
    }

    /// Turns, and goes on to the next crossing.
    fn onward(&mut self, grid: &Grid, state: usize, price: u32, destination: &Rect, text: Option<&Text<'_>>) {
        let (at, direction, room) = (state / 8, state / 2 % 4, state % 2);
        let here = grid.crossings[at].point();
        let across = 2 - direction / 2 * 2;
        for turn in (across..across + 2).filter(|turn| grid.ahead(at, *turn).is_some()) {
            self.reach((at * 4 + turn) * 2 + room, state as u32, price + BEND, &here, destination);
        }
        let Some((next, number)) = grid.ahead(at, direction) else { return };
        let (there, piece) = (grid.crossings[next].point(), grid.piece(number));
        let long = here.distance(there);
        let crossing = u32::from(grid.crossed(next, direction < 2)) * CROSSING;
        let shared = u32::from(piece.used) * (SHARED + (long * ALONG) as u32);
        let price = price + long.round() as u32 + crossing + shared + u32::from(piece.texts) * THROUGH_TEXT;
        let mut room = room;
        if let (0, Some(text)) = (room, text) {
            if self.room[number].0 != self.round {
                let fits = piece.texts == 0 && piece.used == 0 && text.fits(here, there);
                self.room[number] = (self.round, fits);
            }
            room = usize::from(self.room[number].1);
        }
        self.reach((next * 4 + direction) * 2 + room, state as u32, price, &there, destination);
    }

    /// The way to a state, noted in the grid.
    fn walked(&self, grid: &mut Grid, end: usize, source: &Rect, destination: &Rect) -> Vec<Point> {
        let mut states = vec![end];
        while let Some(from) = states.last().map(|state| self.reached[*state].from).filter(|from| *from != u32::MAX) {
            states.push(from as usize);
        }
        states.reverse();
        let (first, last) = (states[0], end);
        for pair in states.windows(2) {
            grid.run(pair[0] / 8, pair[1] / 8);
        }
        let (out, back) = (first / 2 % 4, (last / 2 % 4) ^ 1);
        grid.enter(first / 8, out);
        grid.enter(last / 8, back);
        let on_the_way = states.iter().map(|state| grid.crossings[state / 8].point());
        let from = touch(source, grid.crossings[first / 8].point(), out);
        let to = touch(destination, grid.crossings[last / 8].point(), back);
        std::iter::once(from).chain(on_the_way).chain([to]).collect()
    }
}

/// Where a line may leave a box: crossing of the grid, direction, what it costs to leave there.
fn doors(grid: &Grid, rect: &Rect) -> Vec<(usize, usize, u32)> {
    let price = |(at, direction, along): (usize, usize, f64)| {
        let out = grid.crossings[at].point();
        let stub = out.distance(touch(rect, out, direction));
        // Where another line leaves already is a poor place.
        let price = ((along - 0.5).abs() * 2.0 * ASIDE + stub) as u32;
        (at, direction, price + u32::from(grid.entered(at, direction)) * SHARED)
    };
    grid.doors(rect).into_iter().map(price).collect()
}

/// Where a way leaves the side of a box.
fn touch(rect: &Rect, from: Point, direction: usize) -> Point {
    match DIRECTIONS[direction] {
        (0, 1) => Point::new(from.x, rect.bottom()),
        (0, _) => Point::new(from.x, rect.y),
        (1, _) => Point::new(rect.right(), from.y),
        _ => Point::new(rect.x, from.y),
    }
}

/// What a way to a box costs at least: as far as it is, and with as many bends as it takes from that direction.
fn left(from: &Point, direction: usize, to: &Rect) -> u32 {
    let out = |at: f64, from: f64, to: f64| (from - at).max(at - to).max(0.0);
    let (across, down) = (out(from.x, to.x, to.right()), out(from.y, to.y, to.bottom()));
    let (aside, behind) = match direction {
        0 => (down, from.x > to.right()),
        1 => (down, from.x < to.x),
        2 => (across, from.y > to.bottom()),
        _ => (across, from.y < to.y),
    };
    let bends = if behind { 2 } else { u32::from(aside > 0.0) };
    (across + down) as u32 + bends * BEND
}
