//! Boxes in columns with the lines between them: which line passes where, who stands above whom, and how high.

use std::collections::BTreeMap;

use groma_model::Id;

/// Height of a box, points.
pub(super) const BOX_HEIGHT: f64 = 42.0;
/// Between boxes of a column.
const ROW_GAP: f64 = 9.0;
/// Room for a line that passes a column.
const PASSAGE: f64 = 8.0;

/// Column and row.
pub(super) type Place = (usize, usize);
/// A link as the places that it runs through, from the cause to the effect.
pub(super) type Way = Vec<Place>;
/// The lane of each step between two places, and how many lanes there are.
pub(super) type Lanes = BTreeMap<(Place, Place), (usize, usize)>;

/// A box or a passage in a column.
#[derive(Clone, Copy, PartialEq)]
pub(super) struct Item {
    /// The box; none for a passage of a line.
    pub(super) object: Option<Id>,
    pub(super) y: f64,
}

impl Item {
    fn height(&self) -> f64 {
        if self.object.is_some() { BOX_HEIGHT } else { PASSAGE }
    }

    pub(super) fn middle(&self) -> f64 {
        self.y + self.height() / 2.0
    }
}

/// Lays each link through the columns between its ends, with a passage in each. A link of what found no room has none.
pub(super) fn ways(columns: &mut [Vec<Item>], links: &[(Id, Id)]) -> Vec<Way> {
    let mut at: BTreeMap<Id, (usize, usize)> = BTreeMap::new();
    for (column, items) in columns.iter().enumerate() {
        at.extend(items.iter().enumerate().filter_map(|(row, item)| Some((item.object?, (column, row)))));
    }
    let mut ways = Vec::with_capacity(links.len());
    for (cause, effect) in links {
        let mut way = Way::new();
        if let (Some(from), Some(to)) = (at.get(cause), at.get(effect)) {
            way.push(*from);
            for column in (to.0 + 1..from.0).rev() {
                columns[column].push(Item { object: None, y: 0.0 });
                way.push((column, columns[column].len() - 1));
            }
            way.push(*to);
        }
        ways.push(way);
    }
    ways
}

/// Brings the items of each column into the order of what they lead to (or come from, `backwards`).
pub(super) fn order(columns: &mut [Vec<Item>], ways: &mut [Way], backwards: bool) {
    let count = columns.len();
    for step in 1..count {
        let (column, beside) = if backwards { (count - 1 - step, count - step) } else { (step, step - 1) };
        let mean = |row: usize| {
            let touching = ways.iter().flat_map(|way| way.windows(2)).filter_map(|pair| match pair {
                [a, b] if *a == (column, row) && b.0 == beside => Some(b.1),
                [a, b] if *b == (column, row) && a.0 == beside => Some(a.1),
                _ => None,
            });
            let rows: Vec<usize> = touching.collect();
            // One that nothing ties to that side keeps its place.
            if rows.is_empty() { row as f64 } else { rows.iter().sum::<usize>() as f64 / rows.len() as f64 }
        };
        let mut sorted: Vec<(f64, usize)> = (0..columns[column].len()).map(|row| (mean(row), row)).collect();
        sorted.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
        let before = columns[column].clone();
        let mut moved = vec![0; before.len()];
        for (new, (_, old)) in sorted.iter().enumerate() {
            columns[column][new] = before[*old];
            moved[*old] = new;
        }
        for place in ways.iter_mut().flatten().filter(|place| place.0 == column) {
            place.1 = moved[place.1];
        }
    }
}

/// Gives items their heights on the page: near to what they are tied to, in order, without touching.
pub(super) fn place(columns: &mut [Vec<Item>], ways: &[Way]) {
    for column in columns.iter_mut() {
        let mut y = 0.0;
        for item in column.iter_mut() {
            item.y = y;
            y += item.height() + ROW_GAP;
        }
    }
    let count = columns.len();
    for sweep in 0..8 {
        for step in 0..count {
            let at = if sweep % 2 == 0 { step } else { count - 1 - step };
            let wanted: Vec<f64> = (0..columns[at].len())
                .map(|row| {
                    let pairs = ways.iter().flat_map(|way| way.windows(2));
                    let middles: Vec<f64> = pairs
                        .filter_map(|pair| match pair {
                            [a, b] if *a == (at, row) => Some(columns[b.0][b.1].middle()),
                            [a, b] if *b == (at, row) => Some(columns[a.0][a.1].middle()),
                            _ => None,
                        })
                        .collect();
                    let item = columns[at][row];
                    if middles.is_empty() {
                        item.y
                    } else {
                        middles.iter().sum::<f64>() / middles.len() as f64 - item.height() / 2.0
                    }
                })
                .collect();
            settle(&mut columns[at], &wanted);
        }
    }
    let top = columns.iter().flatten().map(|item| item.y).fold(f64::INFINITY, f64::min);
    for item in columns.iter_mut().flatten() {
        item.y = ((item.y - top) * 100.0).round() / 100.0;
    }
}

/// Items in order, each as near to where it wants to be as the others let it: those that would touch move as one.
fn settle(items: &mut [Item], wanted: &[f64]) {
    // Blocks of items that stand close: first row, end row, offset wanted in sum.
    let mut blocks: Vec<(usize, usize, f64)> = Vec::new();
    let mut offsets = vec![0.0; items.len()];
    let mut length = 0.0;
    for (row, item) in items.iter().enumerate() {
        offsets[row] = length;
        length += item.height() + ROW_GAP;
    }
    for row in 0..items.len() {
        blocks.push((row, row + 1, wanted[row] - offsets[row]));
        // Without the offsets, touching means that a block wants to stand above the one before it.
        while let [.., (a_from, a_to, a), (_, b_to, b)] = blocks.as_slice() {
            let (a_mean, b_mean) = (a / (a_to - a_from) as f64, b / (b_to - a_to) as f64);
            if a_mean <= b_mean {
                break;
            }
            let joined = (*a_from, *b_to, a + b);
            blocks.truncate(blocks.len() - 2);
            blocks.push(joined);
        }
    }
    for (from, to, sum) in blocks {
        for row in from..to {
            items[row].y = sum / (to - from) as f64 + offsets[row];
        }
    }
}

/// The lane of each step between two columns, and how many lanes there are: steps that run into the same box share one.
pub(super) fn channels(columns: &[Vec<Item>], ways: &[Way]) -> Lanes {
    let mut lanes = BTreeMap::new();
    for column in 1..columns.len() {
        let mut ends: Vec<(usize, usize)> = Vec::new();
        let mut steps = Vec::new();
        for pair in ways.iter().flat_map(|way| way.windows(2)) {
            let [from, to] = pair else { continue };
            if from.0 == column && (columns[from.0][from.1].middle() - columns[to.0][to.1].middle()).abs() > 0.01 {
                if !ends.contains(from) {
                    ends.push(*from);
                }
                steps.push((*from, *to));
            }
        }
        ends.sort_unstable();
        for (from, to) in steps {
            let slot = ends.iter().position(|end| *end == from).unwrap_or_default();
            lanes.insert((from, to), (slot, ends.len().max(1)));
        }
    }
    lanes
}
