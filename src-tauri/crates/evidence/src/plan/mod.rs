//! Query plans of any database, to the measurements they have in common.

pub(crate) mod mysql_json;

use crate::Import;

/// Rows beyond which a sequential scan is large, as elsewhere in the vocabulary.
pub(crate) const LARGE: f64 = 10_000.0;

/// What a walk over the nodes of a plan gathers.
#[derive(Debug, Default, Clone, PartialEq)]
pub(crate) struct Plan {
    /// The plan's name where a file has several.
    pub subject: String,
    /// The place of the plan in the file.
    pub at: String,
    pub nodes: usize,
    /// The topmost node.
    pub top: String,
    /// Tables that are read as a whole.
    pub scans: Vec<String>,
    /// Of these, those of which more than [`LARGE`] rows were read.
    pub large: Vec<String>,
    /// Nodes that sorted on disk; `None` where the plan does not tell.
    pub spills: Option<Vec<String>>,
    pub cost: Option<f64>,
    /// Whether it was run.
    pub analyzed: bool,
    /// Milliseconds.
    pub execution: Option<f64>,
    /// Milliseconds.
    pub planning: Option<f64>,
    pub temp_written: Option<f64>,
    /// Rows or documents looked at, for each that was returned.
    pub examined: Option<f64>,
    /// Largest factor between planned and actual rows of a node.
    pub misestimate: f64,
    /// Nodes that were never run.
    pub never: usize,
}

impl Plan {
    /// Compares the rows of a node that was planned and run.
    pub(crate) fn compare(&mut self, planned: f64, actual: f64) {
        let (planned, actual) = (planned.max(1.0), actual.max(1.0));
        self.misestimate = self.misestimate.max(planned / actual).max(actual / planned);
    }

    /// Counts a node that was never run.
    pub(crate) fn skipped(&mut self) {
        self.never += 1;
    }

    /// Writes what was gathered.
    #[allow(clippy::cast_precision_loss)] // counts of nodes
    pub(crate) fn emit(&self, import: &mut Import) {
        let (subject, at) = (&*self.subject, &*self.at);
        let listed = |import: &mut Import, metric: &str, list: &[String]| {
            import.measure_text(metric, list.len() as f64, subject, at, list.join(", "));
        };
        import.measure_text("db.plan.nodes", self.nodes as f64, subject, at, &*self.top);
        listed(import, "db.plan.seq_scans", &self.scans);
        // What was not run has not sorted anything yet.
        if let Some(spills) = self.spills.as_ref().filter(|_| self.analyzed) {
            listed(import, "db.plan.sort_spills", spills);
        }
        import.measure_bool("db.plan.analyzed", self.analyzed, subject, at, "");
        if self.analyzed {
            listed(import, "db.plan.seq_scans.large", &self.large);
        } else {
            import.warn(None, "planned, not run: there are no times and no numbers of rows");
        }
        let misestimate = Some(self.misestimate).filter(|factor| *factor > 0.0);
        for (metric, value) in [
            ("db.plan.cost", self.cost),
            ("db.plan.execution", self.execution),
            ("db.plan.planning", self.planning),
            ("db.plan.temp_written", self.temp_written),
            ("db.plan.misestimate", misestimate),
            ("db.plan.examined_per_row", self.examined),
        ] {
            if let Some(value) = value {
                import.measure(metric, value, subject, at);
            }
        }
        if self.never > 0 {
            import.note(None, format!("{} nodes were never run", self.never));
        }
    }
}

/// Gives each of several plans a name.
pub(crate) fn number(plans: &mut [Plan]) {
    if plans.len() > 1 {
        for (index, plan) in plans.iter_mut().enumerate().filter(|(_, plan)| plan.subject.is_empty()) {
            plan.subject = format!("plan {}", index + 1);
        }
    }
}
