//! Layout, again and again, until what a document says of itself (its page numbers, its contents) holds.

use typst::comemo::{self, Track};
use typst::diag::{SourceResult, Warned};
use typst::engine::{Engine, Route, Sink, Traced};
use typst::foundations::{Output, StyleChain, Target, TargetElem};
use typst::introspection::{EmptyIntrospector, Introspector, MAX_ITERS};
use typst::utils::Protected;
use typst::{World, comemo::Constraint};
use typst_layout::PagedDocument;

use crate::world::ProjectWorld;

/// What may stay in memory while a document is laid out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Keep {
    /// Everything: the next compilation will need it.
    All,
    /// What one attempt takes over from the one before: there will be no other compilation.
    Attempt,
}

/// Lays a document out, like `typst::compile`, of which this is the loop; but that one holds on to all attempts until
/// the last has ended, for what it says of a document that never settles.
///
/// Whatever goes wrong is left to it to tell: it finds nearly all of the work memoised.
pub(crate) fn compile(world: &ProjectWorld, keep: Keep) -> Warned<SourceResult<PagedDocument>> {
    let mut sink = Sink::new();
    if let Ok(Some(document)) = settled(world, keep, &mut sink)
        && sink.delayed().is_empty()
    {
        return Warned { output: Ok(document), warnings: sink.warnings() };
    }
    typst::compile(world)
}

/// The document; none when it does not settle within the attempts that the typesetter makes.
fn settled(world: &ProjectWorld, keep: Keep, sink: &mut Sink) -> SourceResult<Option<PagedDocument>> {
    let world: &dyn World = world;
    let world = world.track();
    let library = world.library();
    let traced = Traced::default();
    let target = TargetElem::target.set(Target::Paged).wrap();
    let base = StyleChain::new(&library.styles);
    let styles = base.chain(&target);
    let Ok(main) = world.source(world.main()) else { return Ok(None) };
    let content =
        typst_eval::eval(world, library, traced.track(), sink.track_mut(), Route::default().track(), &main)?.content();

    let mut last: Option<PagedDocument> = None;
    for _ in 0..MAX_ITERS {
        let before: &dyn Introspector = match &last {
            Some(document) => &**document.introspector(),
            None => &EmptyIntrospector,
        };
        let constraint = Constraint::new();
        let mut of_attempt = Sink::new();
        let mut engine = Engine {
            library,
            world,
            introspector: Protected::new(before.track_with(&constraint)),
            traced: traced.track(),
            sink: of_attempt.track_mut(),
            route: Route::default(),
        };
        let document = PagedDocument::create(&mut engine, &content, styles)?;
        let held: &dyn Introspector = &**document.introspector();
        if constraint.validate(held) {
            sink.extend_from_sink(of_attempt);
            return Ok(Some(document));
        }
        last = Some(document);
        if keep == Keep::Attempt {
            comemo::evict(1);
        }
    }
    Ok(None)
}
