//! Places that a document marks itself, and what was counted up to there.

use typst::foundations::{Content, NativeElement, Selector, StyleChain, Value};
use typst::introspection::{Introspector, Location, MetadataElem};
use typst::model::{FigureElem, FootnoteElem};

use crate::compiled::Compiled;

/// A place that the document marks with `#metadata("…")`.
#[derive(Debug, Clone, PartialEq)]
pub struct Mark {
    /// Its text.
    pub text: String,
    /// The page, from 0.
    pub page: usize,
    /// Its distance from the page's upper edge, in points.
    pub y: f64,
    /// How many numbered figures stand before it.
    pub figures: usize,
    /// How many footnotes are called before it.
    pub notes: usize,
}

impl Compiled {
    /// The places that the document marks with `#metadata("…")`, in its order.
    #[must_use]
    pub fn marks(&self) -> Vec<Mark> {
        let introspector = self.document.introspector();
        let place = |location: Location| {
            let position = introspector.position(location)?;
            Some((position.page.get() - 1, position.point.y.to_pt()))
        };
        let places = |element, counted: &dyn Fn(&Content) -> bool| -> Vec<(usize, f64)> {
            let found = introspector.query(&Selector::Elem(element, None));
            found.iter().filter(|content| counted(content)).filter_map(|content| place(content.location()?)).collect()
        };
        let figures = places(FigureElem::ELEM, &|content| {
            let figure = content.to_packed::<FigureElem>();
            figure.is_some_and(|figure| figure.numbering.get_ref(StyleChain::default()).is_some())
        });
        let notes = places(FootnoteElem::ELEM, &|content| {
            content.to_packed::<FootnoteElem>().is_some_and(|note| !note.is_ref())
        });
        let marked = introspector.query(&Selector::Elem(MetadataElem::ELEM, None));
        let marks = marked.iter().filter_map(|content| {
            let Value::Str(text) = &content.to_packed::<MetadataElem>()?.value else { return None };
            let (page, y) = place(content.location()?)?;
            let before = |places: &[(usize, f64)]| places.partition_point(|place| *place < (page, y));
            Some(Mark { text: text.as_str().to_owned(), page, y, figures: before(&figures), notes: before(&notes) })
        });
        marks.collect()
    }
}
