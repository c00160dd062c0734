//! The causal graph as boxes and lines: symptoms at the left, root causes at the right, arrows from cause to effect.
//!
//! Points from the upper left; whoever draws puts words into the boxes. A layered layout of its own: the graph is small,
//! its layers are given by what they mean, and the layout engine of diagrams orders layers by its own lights.

use std::collections::{BTreeMap, BTreeSet};

use groma_model::{Contents, Finding, Id};
use serde::{Deserialize, Serialize};

use super::Causes;
use super::columns::{BOX_HEIGHT, Item, Way, channels, order, place, ways};

/// Elements from which on a map is split by root.
pub const MOST_ELEMENTS: usize = 15;
/// Width of a map, points: the text width of an A4 page.
pub const MAP_WIDTH: f64 = 480.0;
/// Widest and narrowest box.
const WIDEST: f64 = 150.0;
/// A box narrower than this has no room for a title.
const TITLED: f64 = 62.0;
/// Between columns.
const GAP: f64 = 30.0;
/// A line that would step up or down by less goes straight on.
const STEP: f64 = 6.0;
/// Boxes of a column that are drawn at most; a page holds no more.
const MOST_ROWS: usize = 12;

/// What a box stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ts_rs::TS)]
#[serde(rename_all = "snake_case")]
pub enum CausePart {
    /// A symptom of the intake.
    Symptom,
    /// A finding that another causes.
    Effect,
    /// A finding that nothing causes.
    Root,
}

/// A box of a map.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ts_rs::TS)]
pub struct CauseBox {
    /// What it stands for.
    pub part: CausePart,
    /// The finding or symptom.
    pub object: Id,
    /// Left edge, points.
    pub x: f64,
    /// Upper edge, points.
    pub y: f64,
    /// Width, points.
    pub w: f64,
    /// Height, points.
    pub h: f64,
}

/// A line of a map, from the cause to what it causes.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ts_rs::TS)]
pub struct CauseLine {
    /// The cause.
    pub cause: Id,
    /// The effect or symptom.
    pub effect: Id,
    /// Its corners, points; the arrow stands at the last.
    pub points: Vec<(f64, f64)>,
}

/// A drawn part of the graph.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, ts_rs::TS)]
pub struct CauseMap {
    /// The root whose map it is, where maps are split.
    pub root: Option<Id>,
    /// The area whose map it is, or empty.
    pub area: String,
    /// Width, points.
    pub width: f64,
    /// Height, points.
    pub height: f64,
    /// Whether boxes have room for titles.
    pub titled: bool,
    /// Boxes.
    pub boxes: Vec<CauseBox>,
    /// Lines.
    pub lines: Vec<CauseLine>,
    /// Elements that found no room.
    pub left_out: usize,
}

/// The whole or one map a root, and one map an area.
pub(super) fn maps(
    contents: &Contents,
    gaps: &BTreeMap<Id, &Finding>,
    causes: &Causes,
) -> (Vec<CauseMap>, Vec<CauseMap>) {
    let graph = Graph::of(contents, gaps, causes);
    let whole: BTreeSet<Id> = causes.roots.iter().flat_map(|root| graph.closure(root.finding)).collect();
    let maps = if graph.with_symptoms(&whole).len() <= MOST_ELEMENTS {
        vec![graph.draw(&whole)]
    } else {
        // A root that causes nothing else stands in the tables alone: its map would be a box and its symptoms.
        let drawn = causes.roots.iter().filter(|root| !root.effects.is_empty());
        drawn.map(|root| CauseMap { root: Some(root.finding), ..graph.draw(&graph.closure(root.finding)) }).collect()
    };
    let mut areas: Vec<&str> = Vec::new();
    for finding in contents.findings.iter().filter(|finding| gaps.contains_key(&finding.id)) {
        if !finding.area.is_empty() && !areas.contains(&finding.area.as_str()) {
            areas.push(&finding.area);
        }
    }
    let of_area = |area: &&str| {
        let own: BTreeSet<Id> =
            gaps.values().filter(|finding| finding.area == **area).map(|finding| finding.id).collect();
        let touching = |from: fn(&super::CauseLink) -> (Id, Id)| {
            causes.links.iter().map(from).filter(|(one, _)| own.contains(one)).map(|(_, other)| other)
        };
        let near: BTreeSet<Id> =
            touching(|link| (link.cause, link.effect)).chain(touching(|link| (link.effect, link.cause))).collect();
        if near.is_empty() {
            return None;
        }
        let linked = |id: &Id| causes.links.iter().any(|link| link.cause == *id || link.effect == *id);
        let shown = own.into_iter().filter(linked).chain(near).collect();
        Some(CauseMap { area: (*area).to_owned(), ..graph.draw(&shown) })
    };
    let areas = areas.iter().filter_map(of_area).collect();
    (maps, areas)
}

/// Findings and symptoms with who causes whom.
struct Graph<'a> {
    gaps: &'a BTreeMap<Id, &'a Finding>,
    /// Cause and effect, findings and symptoms alike.
    links: Vec<(Id, Id)>,
    symptoms: Vec<Id>,
}

impl<'a> Graph<'a> {
    fn of(contents: &Contents, gaps: &'a BTreeMap<Id, &'a Finding>, causes: &Causes) -> Self {
        let mut links: Vec<(Id, Id)> = causes.links.iter().map(|link| (link.cause, link.effect)).collect();
        let symptoms = contents.symptoms.iter().map(|symptom| symptom.id).collect();
        for symptom in &contents.symptoms {
            let findings = symptom.findings.iter().filter(|finding| gaps.contains_key(*finding));
            links.extend(findings.map(|finding| (*finding, symptom.id)));
        }
        Self { gaps, links, symptoms }
    }

    /// A finding and everything that it causes.
    fn closure(&self, finding: Id) -> BTreeSet<Id> {
        let mut found = BTreeSet::from([finding]);
        let mut open = vec![finding];
        while let Some(at) = open.pop() {
            for (_, effect) in
                self.links.iter().filter(|(cause, effect)| *cause == at && self.gaps.contains_key(effect))
            {
                if found.insert(*effect) {
                    open.push(*effect);
                }
            }
        }
        found
    }

    /// Findings with the symptoms that they explain.
    fn with_symptoms(&self, findings: &BTreeSet<Id>) -> BTreeSet<Id> {
        let explained =
            |symptom: &&Id| self.links.iter().any(|(cause, effect)| effect == *symptom && findings.contains(cause));
        self.symptoms.iter().filter(explained).chain(findings).copied().collect()
    }

    /// Draws findings with the symptoms that they explain.
    fn draw(&self, findings: &BTreeSet<Id>) -> CauseMap {
        let shown = self.with_symptoms(findings);
        let links: Vec<(Id, Id)> = self
            .links
            .iter()
            .copied()
            .filter(|(cause, effect)| shown.contains(cause) && shown.contains(effect))
            .collect();
        let (mut columns, left_out) = self.columns(&shown, &links);
        let mut ways = ways(&mut columns, &links);
        for _ in 0..6 {
            order(&mut columns, &mut ways, false);
            order(&mut columns, &mut ways, true);
        }
        place(&mut columns, &ways);
        self.drawn(&columns, &links, &ways, left_out)
    }

    /// Boxes by column, symptoms in the first, roots in the last; and how many found no room.
    fn columns(&self, shown: &BTreeSet<Id>, links: &[(Id, Id)]) -> (Vec<Vec<Item>>, usize) {
        // How many steps lie between a finding and the furthest root of it; links make no circle.
        let mut depth: BTreeMap<Id, usize> = BTreeMap::new();
        let findings: Vec<Id> = shown.iter().copied().filter(|id| self.gaps.contains_key(id)).collect();
        for _ in 0..findings.len() {
            for (cause, effect) in links.iter().filter(|(_, effect)| self.gaps.contains_key(effect)) {
                let next = depth.get(cause).copied().unwrap_or_default() + 1;
                let known = depth.entry(*effect).or_default();
                *known = (*known).max(next);
            }
        }
        let deepest = depth.values().copied().max().unwrap_or_default();
        let symptoms: Vec<Id> = self.symptoms.iter().copied().filter(|symptom| shown.contains(symptom)).collect();
        let first = usize::from(!symptoms.is_empty());
        let mut columns: Vec<Vec<Id>> = vec![Vec::new(); deepest + 1 + first];
        if first == 1 {
            columns[0] = symptoms;
        }
        for finding in findings {
            columns[first + deepest - depth.get(&finding).copied().unwrap_or_default()].push(finding);
        }
        let mut left_out = 0;
        for column in &mut columns {
            // The worst first, so that what finds no room is what matters least.
            column.sort_by_key(|id| self.gaps.get(id).map(|finding| (finding.severity, finding.number)));
            left_out += column.len().saturating_sub(MOST_ROWS);
            column.truncate(MOST_ROWS);
        }
        let items = |column: Vec<Id>| column.into_iter().map(|id| Item { object: Some(id), y: 0.0 }).collect();
        (columns.into_iter().map(items).collect(), left_out)
    }

    fn drawn(&self, columns: &[Vec<Item>], links: &[(Id, Id)], ways: &[Way], left_out: usize) -> CauseMap {
        let count = columns.len() as f64;
        let w = ((MAP_WIDTH - GAP * (count - 1.0)) / count).clamp(20.0, WIDEST);
        let left = |column: usize| column as f64 * (w + GAP);
        let caused: BTreeSet<Id> = self.links.iter().map(|(_, effect)| *effect).collect();
        let mut map = CauseMap { titled: w >= TITLED, left_out, ..CauseMap::default() };
        for (at, column) in columns.iter().enumerate() {
            for item in column {
                let Some(object) = item.object else { continue };
                let part = match () {
                    () if !self.gaps.contains_key(&object) => CausePart::Symptom,
                    () if caused.contains(&object) => CausePart::Effect,
                    () => CausePart::Root,
                };
                map.boxes.push(CauseBox { part, object, x: left(at), y: item.y, w, h: BOX_HEIGHT });
                map.height = map.height.max(item.y + BOX_HEIGHT);
            }
        }
        map.width = left(columns.len()) - GAP;
        let channels = channels(columns, ways);
        for (link, way) in links.iter().zip(ways) {
            let Some(first) = way.first() else { continue };
            let mut a = columns[first.0][first.1].middle();
            let mut points = vec![(left(first.0), a)];
            for (from, to) in way.iter().zip(way.iter().skip(1)) {
                let b = columns[to.0][to.1].middle();
                // A step too small to be meant is none: the line goes on, off the middle of what it reaches.
                let b = if (a - b).abs() <= STEP { a } else { b };
                if (a - b).abs() > 0.01 {
                    let (slot, slots) = channels.get(&(*from, *to)).copied().unwrap_or((0, 1));
                    // Between the column to the left and the arrow's head, each line in a lane of its own.
                    let x = left(from.0) - 5.0 - (GAP - 14.0) * (slot as f64 + 0.5) / slots as f64;
                    points.extend([(x, a), (x, b)]);
                }
                points.push((left(to.0) + w, b));
                if columns[to.0][to.1].object.is_none() {
                    points.push((left(to.0), b));
                }
                a = b;
            }
            points.dedup_by(|a, b| (a.0 - b.0).abs() < 0.01 && (a.1 - b.1).abs() < 0.01);
            map.lines.push(CauseLine { cause: link.0, effect: link.1, points });
        }
        map
    }
}

#[cfg(test)]
mod tests {
    use groma_model::Symptom;

    use super::super::causes;
    use super::*;

    fn id(n: u64) -> Id {
        Id::from_parts(n, 7)
    }

    fn finding(n: u64, area: &str, caused_by: &[u64]) -> Finding {
        let caused_by = caused_by.iter().map(|n| id(*n)).collect();
        Finding { id: id(n), number: n as u32, caused_by, area: area.into(), ..Finding::default() }
    }

    fn sound(map: &CauseMap) {
        for (at, a) in map.boxes.iter().enumerate() {
            assert!(
                a.x >= 0.0 && a.y >= 0.0 && a.x + a.w <= map.width + 0.01 && a.y + a.h <= map.height + 0.01,
                "{a:?}"
            );
            for b in &map.boxes[at + 1..] {
                let apart = a.x + a.w <= b.x || b.x + b.w <= a.x || a.y + a.h <= b.y + 0.01 || b.y + b.h <= a.y + 0.01;
                assert!(apart, "{a:?} touches {b:?}");
            }
        }
        for line in &map.lines {
            let of = |object: Id| map.boxes.iter().find(|one| one.object == object).unwrap();
            let (cause, effect) = (of(line.cause), of(line.effect));
            assert!(cause.x > effect.x, "a cause stands to the right of what it causes");
            let (first, last) = (line.points[0], *line.points.last().unwrap());
            assert!((first.0 - cause.x).abs() < 0.1 && (last.0 - effect.x - effect.w).abs() < 0.1, "{line:?}");
            for pair in line.points.windows(2) {
                assert!((pair[0].0 - pair[1].0).abs() < 0.02 || (pair[0].1 - pair[1].1).abs() < 0.02, "{line:?}");
                // No line runs through a box.
                for one in &map.boxes {
                    let (left, right) = (pair[0].0.min(pair[1].0), pair[0].0.max(pair[1].0));
                    let (top, bottom) = (pair[0].1.min(pair[1].1), pair[0].1.max(pair[1].1));
                    let inside = left < one.x + one.w - 0.5
                        && right > one.x + 0.5
                        && top < one.y + one.h - 0.5
                        && bottom > one.y + 0.5;
                    assert!(!inside, "{line:?} runs through {one:?}");
                }
            }
        }
    }

    #[test]
    fn symptoms_stand_left_roots_right_and_no_line_runs_through_a_box() {
        let contents = Contents {
            findings: vec![
                finding(1, "Data", &[]),
                finding(2, "Data", &[1]),
                finding(3, "Code", &[1, 5]),
                finding(4, "Code", &[2, 3]),
                finding(5, "Code", &[]),
            ],
            symptoms: vec![
                Symptom { id: id(21), findings: vec![id(4), id(1)], ..Symptom::default() },
                Symptom { id: id(22), findings: vec![id(2)], ..Symptom::default() },
            ],
            ..Contents::default()
        };
        let causes = causes(&contents, None);
        assert_eq!(causes.maps.len(), 1);
        let map = &causes.maps[0];
        sound(map);
        assert_eq!((map.boxes.len(), map.lines.len(), map.titled), (7, 8, true));
        let part = |n: u64| map.boxes.iter().find(|one| one.object == id(n)).map(|one| (one.part, one.x)).unwrap();
        assert_eq!((part(21).0, part(4).0, part(1).0), (CausePart::Symptom, CausePart::Effect, CausePart::Root));
        assert!(part(21).1 < part(4).1 && part(4).1 < part(2).1 && part(2).1 < part(1).1 && part(1).1 == part(5).1);
        assert_eq!(causes.areas.iter().map(|map| map.area.as_str()).collect::<Vec<_>>(), ["Data", "Code"]);
        causes.areas.iter().for_each(sound);
    }

    #[test]
    fn a_large_graph_is_split_by_root_and_says_what_found_no_room() {
        let mut findings = vec![finding(1, "Data", &[]), finding(2, "Code", &[])];
        findings.extend((3..=18).map(|n| finding(n, "Data", &[1])));
        findings.extend((20..=22).map(|n| finding(n, "Code", &[2])));
        let contents = Contents { findings, ..Contents::default() };
        let causes = causes(&contents, None);
        assert_eq!(causes.maps.iter().map(|map| map.root).collect::<Vec<_>>(), [Some(id(1)), Some(id(2))]);
        causes.maps.iter().for_each(sound);
        assert_eq!((causes.maps[0].left_out, causes.maps[1].left_out), (4, 0));
        assert!(causes.maps[0].height < 640.0, "it fits a page");
    }

    #[test]
    fn a_long_chain_gives_up_titles_before_it_leaves_the_page() {
        let before = |n: u64| if n == 1 { Vec::new() } else { vec![n - 1] };
        let chain = (1..=9).map(|n| finding(n, "Data", &before(n))).collect();
        let causes = causes(&Contents { findings: chain, ..Contents::default() }, None);
        let map = &causes.maps[0];
        assert!(!map.titled && map.width <= MAP_WIDTH + 0.01, "{} {}", map.titled, map.width);
        sound(map);
    }
}
