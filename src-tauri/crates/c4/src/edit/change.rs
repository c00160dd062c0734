//! What can be changed.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::model::{ElementKind, ViewKind};

/// A change of a model, a view or a place.
#[derive(Debug, Clone, PartialEq, Deserialize, ts_rs::TS)]
#[serde(tag = "edit", rename_all = "snake_case", deny_unknown_fields)]
pub enum Edit {
    /// Adds an element, and shows it on a view.
    AddElement {
        /// What it is.
        kind: ElementKind,
        /// Its name; of an instance, empty.
        #[serde(default)]
        name: String,
        /// Key of the element that it is within.
        #[serde(default)]
        parent: Option<String>,
        /// What it does.
        #[serde(default)]
        description: String,
        /// What it is built with.
        #[serde(default)]
        technology: String,
        /// The environment of what runs; that of its parent when not given.
        #[serde(default)]
        environment: String,
        /// Key of the system or container that an instance is of.
        #[serde(default)]
        instance_of: Option<String>,
        /// Key of the view on which it is shown.
        #[serde(default)]
        view: Option<String>,
        /// Where, in Structurizr's pixels.
        #[serde(default)]
        at: Option<(i64, i64)>,
    },
    /// Changes what is said of an element; what is not given stays.
    UpdateElement {
        /// Its key.
        element: String,
        /// Its name.
        #[serde(default)]
        name: Option<String>,
        /// What it does.
        #[serde(default)]
        description: Option<String>,
        /// What it is built with.
        #[serde(default)]
        technology: Option<String>,
        /// Its tags beside those of its kind.
        #[serde(default)]
        tags: Option<Vec<String>>,
        /// An address to read more.
        #[serde(default)]
        url: Option<String>,
        /// The group that it is drawn in; empty for none.
        #[serde(default)]
        group: Option<String>,
    },
    /// Removes an element with all that is within it and every relationship of those.
    DeleteElement {
        /// Its key.
        element: String,
    },
    /// Adds a relationship and those that it implies.
    AddRelation {
        /// Key of who needs the other.
        source: String,
        /// Key of who is needed.
        destination: String,
        /// What for.
        #[serde(default)]
        description: String,
        /// By what means.
        #[serde(default)]
        technology: String,
    },
    /// Changes what is said of a relationship; what is not given stays.
    UpdateRelation {
        /// Its id.
        relation: String,
        /// What for.
        #[serde(default)]
        description: Option<String>,
        /// By what means.
        #[serde(default)]
        technology: Option<String>,
        /// Its tags beside the one that all have.
        #[serde(default)]
        tags: Option<Vec<String>>,
    },
    /// Removes a relationship and those that follow from it.
    DeleteRelation {
        /// Its id.
        relation: String,
    },
    /// Adds a view with what is usual on its kind.
    AddView {
        /// What it shows.
        kind: ViewKind,
        /// Its key; made up when not given.
        #[serde(default)]
        key: String,
        /// Key of the element that it is about.
        #[serde(default)]
        scope: Option<String>,
        /// The environment of a deployment view.
        #[serde(default)]
        environment: String,
        /// Its title.
        #[serde(default)]
        title: String,
    },
    /// Changes what is said of a view; what is not given stays.
    UpdateView {
        /// Its key.
        view: String,
        /// Its title.
        #[serde(default)]
        title: Option<String>,
        /// What it tells.
        #[serde(default)]
        description: Option<String>,
    },
    /// Adds views that show a view in parts, as a drawing with too much on it proposes them; the view stays.
    SplitView {
        /// Its key.
        view: String,
    },
    /// Removes a view; what is on it stays in the model.
    DeleteView {
        /// Its key.
        view: String,
    },
    /// Shows an element on a view, with its relationships to what is there.
    Show {
        /// Key of the view.
        view: String,
        /// Key of the element.
        element: String,
    },
    /// Takes an element off a view; it stays in the model.
    Hide {
        /// Key of the view.
        view: String,
        /// Key of the element.
        element: String,
    },
    /// Adds a step at the end of a dynamic view. A relationship is added to the model where there is none.
    AddStep {
        /// Key of the view.
        view: String,
        /// Key of who acts.
        source: String,
        /// Key of who is asked.
        destination: String,
        /// What happens.
        #[serde(default)]
        description: String,
        /// Whether it answers: then source and destination are those of the arrow, and it is drawn against it.
        #[serde(default)]
        response: bool,
    },
    /// Takes a step out of a dynamic view.
    DeleteStep {
        /// Key of the view.
        view: String,
        /// Its place among the steps, from 0.
        step: usize,
    },
    /// Puts elements of a view where a person wants them.
    Place {
        /// Key of the view.
        view: String,
        /// Upper left corners by the elements' keys, in Structurizr's pixels.
        elements: BTreeMap<String, (i64, i64)>,
    },
    /// Leads a line of a view over bends, and says where its text is. Neither: it is led by the machine again. Bends
    /// stay where they are when an element at the end of the line is moved, as in Structurizr; what a person put
    /// somewhere nothing else moves.
    Bend {
        /// Key of the view.
        view: String,
        /// The relationship's id.
        relation: String,
        /// Which step, on a dynamic view.
        #[serde(default)]
        order: String,
        /// The bends from source to destination, in Structurizr's pixels; 100 at most.
        bends: Vec<(f64, f64)>,
        /// Where the text is along the line, per cent from the source: 1 to 100.
        #[serde(default)]
        position: Option<u8>,
    },
    /// Forgets the places of a view, so that it is laid out anew.
    Unplace {
        /// Key of the view.
        view: String,
        /// Keys of the elements; all elements and lines when none is given.
        #[serde(default)]
        elements: Vec<String>,
    },
}

impl Edit {
    /// Whether it changes the model or its views rather than places alone.
    pub fn changes_text(&self) -> bool {
        !matches!(self, Self::Place { .. } | Self::Bend { .. } | Self::Unplace { .. })
    }
}
