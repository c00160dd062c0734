//! Tables: how wide the columns are, and how a table with very many of them is told in several.

use groma_prose::{Alignment, Cell, Inline};

use super::writer::Writer;

/// A table with more columns is split; each part repeats the first column.
const MOST_COLUMNS: usize = 12;

/// Rows with more lines than this may break across pages.
const TALL_ROW: usize = 24;

/// What is known of a column before it is set, in letters.
#[derive(Clone, Copy, Default)]
struct Measure {
    line: usize,
    word: usize,
}

/// How the columns of one table are set.
struct Layout {
    /// Size of the text relative to the text around it.
    size: f32,
    /// Width of each column in letters; none when every column is as wide as its content.
    widths: Option<Vec<usize>>,
}

impl Writer<'_> {
    pub(super) fn table(&mut self, columns: &[Alignment], header: &[Cell], rows: &[Vec<Cell>]) {
        if columns.len() <= MOST_COLUMNS {
            let all: Vec<usize> = (0..columns.len()).collect();
            return self.table_part(columns, header, rows, &all);
        }
        let rest: Vec<usize> = (1..columns.len()).collect();
        for (index, part) in rest.chunks(MOST_COLUMNS - 1).enumerate() {
            let chosen: Vec<usize> = std::iter::once(0).chain(part.iter().copied()).collect();
            // A row that ends before this part has nothing to say in it.
            let first = if index == 0 { 0 } else { chosen[1] };
            let rows: Vec<&[Cell]> = rows.iter().map(Vec::as_slice).filter(|row| row.len() > first).collect();
            self.table_part(columns, header, &rows, &chosen);
            self.code("\n");
        }
    }

    fn table_part<R: AsRef<[Cell]>>(&mut self, columns: &[Alignment], header: &[Cell], rows: &[R], chosen: &[usize]) {
        let layout = Layout::new(header, rows, chosen, self.depth);
        let widths: Vec<String> = match &layout.widths {
            Some(widths) => widths.iter().map(|width| format!("{width}fr")).collect(),
            None => vec!["auto".into(); chosen.len()],
        };
        let align = |&index: &usize| match columns.get(index) {
            Some(Alignment::Center) => "center",
            Some(Alignment::Right) => "right",
            Some(Alignment::Left) => "left",
            _ => "start",
        };
        let aligns: Vec<&str> = chosen.iter().map(align).collect();
        // A trailing comma makes a list of one a list.
        self.code(&format!(
            "#prose-table(columns: ({},), align: ({},), size: {}em, header: (",
            widths.join(", "),
            aligns.join(", "),
            layout.size
        ));
        if header.iter().any(|cell| !cell.content.is_empty()) {
            for (place, &index) in chosen.iter().enumerate() {
                self.cell(header.get(index), layout.longest_word(place));
                self.code(", ");
            }
        }
        self.code(")");
        for row in rows {
            self.row(row.as_ref(), chosen, &layout);
        }
        self.code(")");
    }

    fn row(&mut self, row: &[Cell], chosen: &[usize], layout: &Layout) {
        let present = chosen.iter().take_while(|&&index| index < row.len()).count();
        let tall = (0..present).any(|place| layout.lines(&row[chosen[place]], place) > TALL_ROW);
        self.code(",\n");
        for (place, &index) in chosen.iter().enumerate().take(present) {
            self.code(if place > 0 { ", " } else { "" });
            self.code(if tall { "tall" } else { "" });
            self.cell(row.get(index), layout.longest_word(place));
        }
        if present < chosen.len() {
            self.code(if present > 0 { ", " } else { "" });
            self.code(&format!("gap({})", chosen.len() - present));
        }
    }

    fn cell(&mut self, cell: Option<&Cell>, longest_word: usize) {
        self.with_longest_word(longest_word, |writer| {
            writer.fresh_text();
            writer.content(cell.map_or(&[], |cell| &cell.content));
        });
    }
}

impl Layout {
    fn new<R: AsRef<[Cell]>>(header: &[Cell], rows: &[R], chosen: &[usize], depth: usize) -> Self {
        let (size, line) = match chosen.len() {
            0..=6 => (0.9, 100),
            7..=9 => (0.8, 112),
            _ => (0.7, 128),
        };
        // Two letters of each column go to the space between.
        let available = usize::saturating_sub(line, 5 * depth + 2 * chosen.len()).max(4 * chosen.len());
        let measures: Vec<Measure> = chosen
            .iter()
            .map(|&index| {
                let cells =
                    std::iter::once(header).chain(rows.iter().map(AsRef::as_ref)).filter_map(|row| row.get(index));
                cells.map(|cell| measure(&cell.content)).fold(Measure::default(), Measure::or)
            })
            .collect();
        let natural: usize = measures.iter().map(|measure| measure.line.max(1)).sum();
        let fits = natural <= available && measures.iter().all(|measure| measure.word <= 40);
        Self { size, widths: (!fits).then(|| shares(&measures, available)) }
    }

    /// The longest word that is sure to fit in the column.
    fn longest_word(&self, place: usize) -> usize {
        self.widths.as_ref().map_or(40, |widths| (widths[place] * 17 / 20).max(3))
    }

    /// About how many lines the cell takes.
    fn lines(&self, cell: &Cell, place: usize) -> usize {
        self.widths.as_ref().map_or(1, |widths| measure(&cell.content).line / widths[place].max(1))
    }
}

/// Gives each column room for its longest word and shares out the rest by what the lines would like.
fn shares(measures: &[Measure], available: usize) -> Vec<usize> {
    const LONGEST_WORD: usize = 26;
    let mut least: Vec<usize> =
        measures.iter().map(|measure| (measure.word.min(LONGEST_WORD) * 6 / 5 + 1).max(4)).collect();
    let sum: usize = least.iter().sum();
    if sum > available {
        least.iter_mut().for_each(|width| *width = (*width * available / sum).max(4));
    }
    let spare = available.saturating_sub(least.iter().sum());
    // Width by the root of the length: long columns get more, but not so much that the others starve.
    let wish = |place: usize| {
        let line = measures[place].line;
        line.min(10 * line.isqrt()).saturating_sub(least[place])
    };
    let wishes: usize = (0..measures.len()).map(wish).sum();
    (0..measures.len()).map(|place| least[place] + (spare * wish(place)).checked_div(wishes).unwrap_or(0)).collect()
}

impl Measure {
    fn or(self, other: Self) -> Self {
        Self { line: self.line.max(other.line), word: self.word.max(other.word) }
    }
}

fn measure(content: &[Inline]) -> Measure {
    let mut line = 0;
    let mut word = 0;
    let mut longest = 0;
    letters(content, &mut |c| {
        line += 1;
        word = if c.is_whitespace() { 0 } else { word + 1 };
        longest = longest.max(word);
    });
    Measure { line, word: longest }
}

fn letters(content: &[Inline], each: &mut dyn FnMut(char)) {
    for inline in content {
        match inline {
            Inline::Text { text, .. } => text.chars().for_each(&mut *each),
            // Code is set in a wider face.
            Inline::Code { text, .. } => text.chars().enumerate().for_each(|(index, c)| {
                each(c);
                if index % 6 == 5 && !c.is_whitespace() {
                    each(c);
                }
            }),
            Inline::Emphasis { content, .. }
            | Inline::Strong { content, .. }
            | Inline::Strikethrough { content, .. }
            | Inline::Link { content, .. }
            | Inline::Reference { content, .. } => letters(content, each),
            Inline::Image { .. } => "image".chars().for_each(&mut *each),
            Inline::FootnoteReference { .. } => each('1'),
            Inline::SoftBreak { .. } | Inline::HardBreak { .. } => each(' '),
        }
    }
}
