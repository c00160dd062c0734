//! What the levels mean and how to reach the next.

use std::collections::BTreeMap;

use groma_model::{Level, Priority};

use super::{Rule, record};

record! {
    /// What evidence says about an area's level.
    ///
    /// Either `for_level` or `against_level` is given, 2 to 5: level 1 needs no proof.
    Signal {
        /// Where the rule holds, this is a fact for this level; where it does not, one against it.
        for_level: Option<Level>,
        /// Where the rule holds, this is a fact against this level and all above; otherwise it says nothing.
        against_level: Option<Level>,
        /// Whether the level, and those above it, cannot be suggested without it; for `for_level` only.
        required: bool,
        /// The sentence that is true when the rule holds.
        sentence: String,
        /// The rule.
        rule: Rule,
    }

    /// A column of the rubric.
    RubricColumn {
        /// Id; the key of the cells.
        id: String,
        /// Title.
        title: String,
    }

    /// A level of the rubric.
    RubricLevel {
        /// The level, 1 to 5.
        level: Option<Level>,
        /// A word for it, for example `Standardised`.
        name: String,
        /// Column id to description; one cell a column.
        cells: BTreeMap<String, String>,
    }

    /// The rubric: levels × columns.
    Rubric {
        /// Columns, in order; the first describes the level as a whole.
        columns: Vec<RubricColumn>,
        /// Levels, highest first.
        levels: Vec<RubricLevel>,
    }

    /// A titled list.
    ActionGroup {
        /// Title, for example `Immediate actions`.
        title: String,
        /// Items.
        items: Vec<String>,
    }

    /// The step from one level to the next.
    Step {
        /// Level before.
        from: Option<Level>,
        /// Level after.
        to: Option<Level>,
        /// Title, for example `Basic structure`.
        title: String,
        /// How urgent it is.
        priority: Option<Priority>,
        /// How long it usually takes, in words.
        timeline: String,
        /// What to do.
        groups: Vec<ActionGroup>,
    }

    /// An appendix of the report.
    Appendix {
        /// Id, unique in the pack.
        id: String,
        /// Title.
        title: String,
        /// What belongs there.
        hint: String,
    }
}
