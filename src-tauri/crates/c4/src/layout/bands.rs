//! Bands of air put into a layout: everything behind a place moves on by as much, and what lies over the place is
//! stretched. Nothing changes sides, nothing bends, nothing comes closer.

use super::geometry::Rect;
use super::graph::{Graph, Layout};

/// Where a band is put and how wide it is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Band {
    /// Whether it goes down the layout, so that it becomes wider; else across, so that it becomes higher.
    pub upright: bool,
    /// The place that it is put behind.
    pub behind: f64,
    /// Its width.
    pub by: f64,
}

impl Band {
    /// How many boxes it would stretch.
    pub fn stretched(&self, graph: &Graph, layout: &Layout) -> usize {
        let mut leaf = vec![true; graph.nodes.len()];
        graph.nodes.iter().filter_map(|node| node.parent).for_each(|parent| leaf[parent] = false);
        let over = |rect: &Rect| {
            let (from, to) = if self.upright { (rect.x, rect.right()) } else { (rect.y, rect.bottom()) };
            from < self.behind && to > self.behind
        };
        layout.nodes.iter().zip(leaf).filter(|(rect, leaf)| *leaf && over(rect)).count()
    }

    /// Puts it in.
    pub fn put(&self, layout: &mut Layout) {
        let moved = |place: f64| if place > self.behind { place + self.by } else { place };
        for rect in &mut layout.nodes {
            if self.upright {
                let right = moved(rect.right());
                rect.x = moved(rect.x);
                rect.w = right - rect.x;
            } else {
                let bottom = moved(rect.bottom());
                rect.y = moved(rect.y);
                rect.h = bottom - rect.y;
            }
        }
        for route in &mut layout.edges {
            // A text stays as large as it is, on its line.
            if let Some(label) = &mut route.label {
                if self.upright {
                    label.x = moved(label.centre().x) - label.w / 2.0;
                } else {
                    label.y = moved(label.centre().y) - label.h / 2.0;
                }
            }
            for point in &mut route.points {
                if self.upright {
                    point.x = moved(point.x);
                } else {
                    point.y = moved(point.y);
                }
            }
        }
        if self.upright {
            layout.width += self.by;
        } else {
            layout.height += self.by;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::{Node, Point, Route};

    #[test]
    fn what_is_behind_moves_on_and_what_lies_over_it_is_stretched() {
        let nodes = vec![Rect::new(0.0, 0.0, 100.0, 40.0), Rect::new(120.0, 0.0, 60.0, 40.0)];
        let label = Some(Rect::new(70.0, 50.0, 20.0, 10.0));
        let points =
            vec![Point::new(50.0, 40.0), Point::new(50.0, 55.0), Point::new(150.0, 55.0), Point::new(150.0, 40.0)];
        let mut layout = Layout { nodes, edges: vec![Route { points, label }], width: 180.0, height: 60.0 };
        let graph = Graph { nodes: vec![Node::default(), Node::default()], ..Graph::default() };
        let band = Band { upright: true, behind: 60.0, by: 30.0 };
        assert_eq!(band.stretched(&graph, &layout), 1);
        band.put(&mut layout);
        assert_eq!((layout.nodes[0].w, layout.nodes[1].x, layout.width), (130.0, 150.0, 210.0));
        let route = &layout.edges[0];
        assert_eq!((route.points[0].x, route.points[3].x), (50.0, 180.0));
        assert_eq!(route.label, Some(Rect::new(100.0, 50.0, 20.0, 10.0)));
    }
}
