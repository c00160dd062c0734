//! Rectangles by where they are, to be asked what lies in a place.

use super::geometry::Rect;

/// Width and height of a cell.
const CELL: f64 = 160.0;
/// Most cells in a row and in a column.
const MOST: usize = 256;

/// Rectangles in the cells of a raster.
pub(super) struct Near {
    x: f64,
    y: f64,
    columns: usize,
    cells: Vec<Vec<Rect>>,
}

impl Near {
    /// Those rectangles.
    pub fn of(rects: impl IntoIterator<Item = Rect>) -> Self {
        let rects: Vec<Rect> = rects.into_iter().collect();
        let all = rects.iter().copied().reduce(|one, other| one.union(&other)).unwrap_or_default();
        let cells = |long: f64| ((long / CELL) as usize).min(MOST) + 1;
        let (columns, rows) = (cells(all.w), cells(all.h));
        let mut near = Self { x: all.x, y: all.y, columns, cells: vec![Vec::new(); columns * rows] };
        rects.into_iter().for_each(|rect| near.add(rect));
        near
    }

    /// One more. What is beyond the first ones is in the cells at the edge.
    pub fn add(&mut self, rect: Rect) {
        for cell in self.over(&rect) {
            self.cells[cell].push(rect);
        }
    }

    /// One that shares room with a rectangle.
    pub fn first(&self, rect: &Rect) -> Option<&Rect> {
        self.over(rect).find_map(|cell| self.cells[cell].iter().find(|one| one.overlaps(rect, 0.0)))
    }

    fn over(&self, rect: &Rect) -> impl Iterator<Item = usize> + use<> {
        let columns = self.columns;
        let rows = self.cells.len() / columns;
        let cell = |at: f64, from: f64, most: usize| (((at - from) / CELL).max(0.0) as usize).min(most - 1);
        let (left, right) = (cell(rect.x, self.x, columns), cell(rect.right(), self.x, columns));
        let (up, down) = (cell(rect.y, self.y, rows), cell(rect.bottom(), self.y, rows));
        (up..=down).flat_map(move |row| (left..=right).map(move |column| row * columns + column))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_lies_in_a_place_is_found_also_beyond_the_first_ones() {
        let mut near = Near::of([Rect::new(0.0, 0.0, 500.0, 20.0), Rect::new(900.0, 900.0, 20.0, 20.0)]);
        near.add(Rect::new(-5_000.0, 4_000.0, 10.0, 10.0));
        let at = |x: f64, y: f64| near.first(&Rect::new(x, y, 4.0, 4.0)).map(|rect| rect.x);
        assert_eq!(
            (at(490.0, 10.0), at(905.0, 905.0), at(-4_996.0, 4_004.0)),
            (Some(0.0), Some(900.0), Some(-5_000.0))
        );
        assert_eq!((at(504.0, 10.0), at(-5_100.0, 4_000.0)), (None, None));
    }
}
