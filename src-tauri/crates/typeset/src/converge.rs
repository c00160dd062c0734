//! A layout that begins with what the last one knew.
//!
//! A document asks about itself: on which page a heading stands, how many figures come before. Typst lays it out again
//! and again until the answers that a layout was given agree with it, and begins with a document that knows nothing. One
//! that differs from the last in a few words mostly gives the last one's answers: beginning with those, it agrees after
//! one layout in place of three. The loop is that of `typst::compile` but for its beginning, and what it ends with has
//! passed the same test.

use typst::comemo::{Constraint, Track};
use typst::diag::{SourceResult, Warned};
use typst::engine::{Engine, Route, Sink, Traced};
use typst::foundations::{Output, StyleChain, Target, TargetElem};
use typst::introspection::Introspector;
use typst::utils::Protected;
use typst::{World, compile};
use typst_layout::PagedDocument;

/// After so many layouts that do not agree with themselves it is left to Typst, which tells why.
const MOST_LAYOUTS: usize = 4;

/// Lays out a document, beginning with what `last` knew.
pub(crate) fn compile_after(world: &dyn World, last: Option<&PagedDocument>) -> Warned<SourceResult<PagedDocument>> {
    let converged = last.and_then(|last| converge(world, last));
    // Errors are Typst's own to tell; what was laid out so far is memoised.
    converged.map_or_else(|| compile(world), |(document, warnings)| Warned { output: Ok(document), warnings })
}

fn converge(
    world: &dyn World,
    last: &PagedDocument,
) -> Option<(PagedDocument, typst::ecow::EcoVec<typst::diag::SourceDiagnostic>)> {
    let traced = Traced::default();
    let (world, traced) = (world.track(), traced.track());
    let library = world.library();
    let mut sink = Sink::new();
    let target = TargetElem::target.set(Target::Paged).wrap();
    let base = StyleChain::new(&library.styles);
    let styles = base.chain(&target);
    let main = world.source(world.main()).ok()?;
    let route = Route::default();
    let module = typst_eval::eval(world, library, traced, sink.track_mut(), route.track(), &main).ok()?;
    let content = module.content();

    let mut known = last.clone();
    for _ in 0..MOST_LAYOUTS {
        let introspector: &dyn Introspector = Output::introspector(&known);
        let constraint = Constraint::new();
        let mut told = Sink::new();
        let mut engine = Engine {
            library,
            world,
            introspector: Protected::new(introspector.track_with(&constraint)),
            traced,
            sink: told.track_mut(),
            route: Route::default(),
        };
        let document = PagedDocument::create(&mut engine, &content, styles).ok()?;
        if constraint.validate(Output::introspector(&document)) {
            sink.extend_from_sink(told);
            let failed = !sink.delayed().is_empty();
            return (!failed).then(|| (document, sink.warnings()));
        }
        known = document;
    }
    None
}
