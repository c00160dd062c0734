//! The text of a box, in layout units: its rows and how large they are together.

use super::fonts::Measure;
use super::outline;
use super::shape::FontWeight;
use super::style::{IconPlace, Outline};
use super::words::Syllables;
use super::wrap::{Setting, TextLine, widest_word, wrap};

/// Sizes of type in layout units.
pub(crate) mod size {
    /// Kinds and technologies: the smallest there is.
    pub const META: f64 = 12.5;
    /// Texts of lines.
    pub const LABEL: f64 = 12.5;
}

/// How a view's text is set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Density {
    /// How long lines are.
    pub lines: Lines,
    /// With as little air as can be read, names hardly larger than the rest: all of it is larger on the page then.
    pub close: bool,
    /// Where what was measured on lines is written.
    pub figures: Figures,
    /// Whether boxes do not say what their elements are for: their names, kinds and technologies alone.
    pub brief: bool,
}

/// Where what was measured on lines is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Figures {
    /// On the line, each with what it is.
    #[default]
    Told,
    /// On the line, numbers and units alone; technologies are left out.
    Short,
    /// In a table below, by a number that stands on the line with its text.
    Keyed,
    /// In a table below with the texts: on the line is a number alone.
    Numbered,
}

impl Figures {
    /// Whether they stand in a table.
    pub(crate) fn in_table(self) -> bool {
        matches!(self, Self::Keyed | Self::Numbered)
    }
}

/// How long the lines of a view's texts are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Lines {
    /// As they read best.
    #[default]
    Usual,
    /// Long: for pages that are filled from top to bottom.
    Long,
    /// Short, boxes as high as they are wide: for pages that are filled from side to side.
    Short,
}

impl Density {
    /// Size of elements' names.
    pub(crate) fn name(self) -> f64 {
        if self.close { 13.5 } else { 16.0 }
    }

    /// Size of descriptions.
    pub(crate) fn text(self) -> f64 {
        if self.close { size::META } else { 13.0 }
    }

    /// Size of boundaries' names.
    pub(crate) fn boundary(self) -> f64 {
        if self.close { 13.5 } else { 14.5 }
    }

    /// Widths that a box's text is set in; wider ones for longer texts.
    fn widths(self) -> &'static [f64] {
        match (self.close, self.lines) {
            (false, Lines::Long) => &[240.0, 272.0, 310.0],
            (false, _) => &[168.0, 190.0, 214.0, 240.0, 272.0, 310.0],
            (true, Lines::Long) => &[200.0, 240.0, 310.0],
            (true, Lines::Usual) => &[122.0, 138.0, 156.0, 176.0, 200.0, 240.0, 310.0],
            (true, Lines::Short) => &[104.0, 122.0, 138.0, 156.0, 176.0, 200.0, 240.0, 310.0],
        }
    }

    /// Widest text of a line.
    pub(crate) fn label(self) -> f64 {
        match (self.close, self.lines) {
            (_, Lines::Long) => 176.0,
            (_, Lines::Short) => 92.0,
            (false, Lines::Usual) => 132.0,
            (true, Lines::Usual) => 112.0,
        }
    }

    /// Widest title of a boundary in one row.
    pub(crate) fn one_row(self) -> f64 {
        if self.lines == Lines::Long { 300.0 } else { 236.0 }
    }
}

/// Height of a row, in sizes of its type.
pub(crate) const LEADING: f64 = 1.27;
/// Height of marks and the room below them.
pub(crate) const MARK: f64 = 18.0;
const MARK_GAP: f64 = 6.0;
/// Side of an icon and the room beside it.
pub(crate) const ICON: f64 = 40.0;
const ICON_GAP: f64 = 8.0;

/// One row of text.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Row {
    pub line: TextLine,
    pub size: f64,
    pub weight: FontWeight,
    /// Whether it is of the second rank.
    pub muted: bool,
    /// Room above it; negative: beside the one before.
    pub gap: f64,
    /// How far to the right of its place it stands: two texts in one row.
    pub indent: f64,
}

/// The text of a box.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Block {
    pub rows: Vec<Row>,
    /// Width and height of all of it: mark, icon, rows.
    pub width: f64,
    pub height: f64,
    /// Width and height of the rows.
    pub text: (f64, f64),
    /// Whether the end of a text is left out.
    pub shortened: bool,
    pub mark: bool,
    pub icon: Option<IconPlace>,
    pub density: Density,
}

/// What is written in a box.
#[derive(Debug, Clone, Default)]
pub(crate) struct Wording {
    pub name: String,
    pub metadata: String,
    pub description: String,
}

impl Block {
    /// Sets a box's text in the narrowest width that does not make the box a tower.
    pub(crate) fn set(
        measure: &Measure<'_>,
        wording: &Wording,
        outline: Outline,
        mark: bool,
        icon: Option<IconPlace>,
        syllables: Syllables,
        density: Density,
    ) -> Self {
        let word = widest_word(measure, &wording.name, density.name(), FontWeight::SemiBold)
            .max(widest_word(measure, &wording.description, density.text(), FontWeight::Regular).min(240.0));
        let mut last = Self::default();
        for &width in density.widths() {
            last = Self::set_in(measure, wording, width, mark, icon, syllables, density);
            let (w, h) = outline::size(outline, &last);
            if h <= w * if density.lines == Lines::Short { 1.1 } else { 0.8 } && (word <= width || width >= 240.0) {
                break;
            }
        }
        last
    }

    fn set_in(
        measure: &Measure<'_>,
        wording: &Wording,
        width: f64,
        mark: bool,
        icon: Option<IconPlace>,
        syllables: Syllables,
        density: Density,
    ) -> Self {
        let mut block = Self { mark, icon, density, ..Self::default() };
        let setting = |size, weight, lines| Setting { size, weight, width, lines, syllables };
        let mut add = |text: &str, setting: Setting, muted: bool, gap: f64| {
            let (lines, cut) = wrap(measure, text, setting);
            block.shortened |= cut;
            for (at, line) in lines.into_iter().enumerate() {
                let gap = if at == 0 && !block.rows.is_empty() { gap } else { 0.0 };
                block.rows.push(Row { line, size: setting.size, weight: setting.weight, muted, gap, indent: 0.0 });
            }
        };
        add(&wording.name, setting(density.name(), FontWeight::SemiBold, 8), false, 0.0);
        add(&wording.metadata, setting(size::META, FontWeight::Regular, 4), true, 2.0);
        add(
            &wording.description,
            setting(density.text(), FontWeight::Regular, 12),
            false,
            if density.close { 4.0 } else { 7.0 },
        );
        let wide = block.rows.iter().map(|row| row.line.width).fold(0.0, f64::max);
        let high = rows_height(&block.rows);
        block.text = (wide, high);
        (block.width, block.height) = (wide.max(if mark { 60.0 } else { 0.0 }), high);
        match icon {
            Some(IconPlace::Left) => {
                block.width += ICON + ICON_GAP;
                block.height = block.height.max(ICON);
            }
            Some(_) => {
                block.width = block.width.max(ICON);
                block.height += ICON + ICON_GAP;
            }
            None => {}
        }
        if mark {
            block.height += MARK + MARK_GAP;
        }
        block
    }

    /// Where, in content that begins here, mark, icon and rows begin: (top of the mark, corner of the icon, left side
    /// and top of the rows).
    pub(crate) fn places(&self, x: f64, y: f64) -> (f64, (f64, f64), (f64, f64)) {
        let mut top = y;
        let mark = top;
        if self.mark {
            top += MARK + MARK_GAP;
        }
        let middle = x + self.width / 2.0;
        match self.icon {
            Some(IconPlace::Left) => {
                let high = self.text.1.max(ICON);
                let left = middle - (self.text.0 + ICON + ICON_GAP) / 2.0;
                (mark, (left, top + (high - ICON) / 2.0), (left + ICON + ICON_GAP, top + (high - self.text.1) / 2.0))
            }
            Some(IconPlace::Top) => {
                (mark, (middle - ICON / 2.0, top), (middle - self.text.0 / 2.0, top + ICON + ICON_GAP))
            }
            Some(IconPlace::Bottom) => {
                let below = top + self.text.1 + ICON_GAP;
                (mark, (middle - ICON / 2.0, below), (middle - self.text.0 / 2.0, top))
            }
            None => (mark, (middle, top), (middle - self.text.0 / 2.0, top)),
        }
    }
}

/// Height of rows one below the other.
pub(crate) fn rows_height(rows: &[Row]) -> f64 {
    rows.iter().map(|row| row.gap + row.size * LEADING).sum()
}
