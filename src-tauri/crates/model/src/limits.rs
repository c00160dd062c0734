//! What numbers and dates of an object may be: wide enough for every engagement, narrow enough that plan, charts and
//! pages can rely on them. A slip of the keyboard (a year 20026, a contingency of 1500 %) is caught where it is made.

use crate::{
    Answer, Brand, BudgetLine, Date, Effort, Engagement, Finding, Initiative, Mapping, Milestone, Money, MoneyRange,
    Note, Phase, ResourceLine, Role, SeverityTable, TrainingNeed,
};

/// Largest amount: 10 thousand million units (in cents); a hundred of them still fit every sum.
pub const MOST_MONEY: Money = Money::whole(10_000_000_000);
/// Largest believable effort of one initiative or finding, in person-days (fifty people for a year).
pub const MOST_EFFORT_DAYS: f64 = 10_000.0;
/// First and last year that a date may have.
pub const YEARS: (i16, i16) = (1970, 2200);
/// Largest contingency, in percent.
pub const MOST_CONTINGENCY_PERCENT: f64 = 500.0;
/// Font files of one brand: a large family in all its weights, with one for code.
pub const MOST_FONTS: usize = 24;
/// Ranks are places in a list; new places are found between old ones, which needs room for halves.
const MOST_RANK: f64 = 1e12;

/// A value outside what its field may hold.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{reason}")]
pub struct OutOfRange {
    /// The field of the object.
    pub field: &'static str,
    /// What it may be, in a sentence.
    pub reason: String,
}

/// Collects the values of an object that are out of range.
#[derive(Debug, Default)]
pub(crate) struct Limits(pub(crate) Vec<OutOfRange>);

impl Limits {
    fn refuse(&mut self, field: &'static str, reason: String) {
        self.0.push(OutOfRange { field, reason });
    }

    fn number(&mut self, field: &'static str, value: f64, from: f64, to: f64, unit: &str) {
        // Debug prints 1e300 as such. Not `value < from || value > to`: that lets NaN through.
        if !(from..=to).contains(&value) {
            self.refuse(field, format!("{value:?} is outside {from:?} to {to:?} {unit}"));
        }
    }

    fn rank(&mut self, rank: f64) {
        self.number("rank", rank, -MOST_RANK, MOST_RANK, "(a place in the list)");
    }

    fn money(&mut self, field: &'static str, amount: Money) {
        if !(Money::ZERO..=MOST_MONEY).contains(&amount) {
            let most = MOST_MONEY.0;
            self.refuse(field, format!("{} is outside 0 to {most} minor units (cents)", amount.0));
        }
    }

    fn range(&mut self, field: &'static str, range: MoneyRange) {
        for amount in [range.low, range.likely, range.high] {
            self.money(field, amount);
        }
        if range.low > range.likely || range.likely > range.high {
            self.refuse(field, "low, likely and high must not fall".to_owned());
        }
    }

    fn effort(&mut self, field: &'static str, effort: Option<Effort>) {
        let Some(Effort { low, likely, high }) = effort else { return };
        for days in [low, likely, high] {
            self.number(field, days, 0.0, MOST_EFFORT_DAYS, "person-days");
        }
        if low > likely || likely > high {
            self.refuse(field, "low, likely and high must not fall".to_owned());
        }
    }

    fn colour(&mut self, field: &'static str, colour: &str) {
        let digits = colour.strip_prefix('#').unwrap_or_default();
        if digits.len() != 6 || !digits.bytes().all(|digit| digit.is_ascii_hexdigit()) {
            self.refuse(field, format!("\"{colour}\" is not a colour: write # and six hexadecimal digits"));
        }
    }

    fn date(&mut self, field: &'static str, date: Option<Date>) {
        if let Some(date) = date
            && !(YEARS.0..=YEARS.1).contains(&date.year())
        {
            self.refuse(field, format!("the year of {date} is outside {} to {}", YEARS.0, YEARS.1));
        }
    }
}

pub(crate) fn engagement(engagement: &Engagement, limits: &mut Limits) {
    limits.number("contingency_percent", engagement.contingency_percent, 0.0, MOST_CONTINGENCY_PERCENT, "percent");
    limits.date("starts", engagement.starts);
    limits.date("ends", engagement.ends);
    limits.date("report_date", engagement.report_date);
    limits.date("roadmap_start", engagement.roadmap_start);
    for holiday in &engagement.holidays {
        limits.date("holidays", Some(*holiday));
    }
    for version in &engagement.versions {
        limits.date("versions", version.date);
    }
}

pub(crate) fn answer(answer: &Answer, limits: &mut Limits) {
    if let Some(value) = answer.value {
        limits.number("value", value, f64::MIN, f64::MAX, &answer.unit);
    }
}

pub(crate) fn finding(finding: &Finding, limits: &mut Limits) {
    limits.rank(finding.rank);
    limits.effort("effort", finding.effort);
}

pub(crate) fn initiative(initiative: &Initiative, limits: &mut Limits) {
    limits.rank(initiative.rank);
    limits.effort("effort", initiative.effort);
    for (field, percent) in
        [("confidence_percent", initiative.confidence_percent), ("reach_percent", initiative.reach_percent)]
    {
        if let Some(percent) = percent {
            limits.number(field, percent, 0.0, 100.0, "percent");
        }
    }
    limits.range("build_cost", initiative.build_cost);
    limits.range("run_cost", initiative.run_cost);
    for role in &initiative.roles {
        limits.number("roles", role.share, 0.0, 1.0, "(a share of the effort)");
    }
    for dependency in &initiative.depends_on {
        limits.number("depends_on", dependency.lag_days.into(), 0.0, MOST_EFFORT_DAYS, "working days");
    }
    limits.date("earliest_start", initiative.earliest_start);
    limits.date("deadline", initiative.deadline);
}

pub(crate) fn phase(phase: &Phase, limits: &mut Limits) {
    limits.date("starts", phase.starts);
    limits.date("ends", phase.ends);
    if let Some(cap) = phase.budget_cap {
        limits.money("budget_cap", cap);
    }
}

pub(crate) fn milestone(milestone: &Milestone, limits: &mut Limits) {
    limits.date("date", milestone.date);
}

pub(crate) fn role(role: &Role, limits: &mut Limits) {
    limits.rank(role.rank);
    limits.money("day_rate", role.day_rate);
}

pub(crate) fn resource(line: &ResourceLine, limits: &mut Limits) {
    limits.number("fte", line.fte, 0.0, 1000.0, "full-time equivalents");
    limits.date("from", line.from);
    limits.date("to", line.to);
    if let Some(rate) = line.day_rate {
        limits.money("day_rate", rate);
    }
}

pub(crate) fn budget(line: &BudgetLine, limits: &mut Limits) {
    limits.rank(line.rank);
    limits.range("once", line.once);
    limits.range("yearly", line.yearly);
}

pub(crate) fn training(need: &TrainingNeed, limits: &mut Limits) {
    limits.rank(need.rank);
    limits.number("people", need.people.into(), 0.0, 100_000.0, "people");
    limits.number("days", need.days, 0.0, 1000.0, "days a person");
    limits.money("cost", need.cost);
}

pub(crate) fn note(note: &Note, limits: &mut Limits) {
    limits.date("date", note.date);
}

pub(crate) fn brand(brand: &Brand, limits: &mut Limits) {
    limits.colour("primary", &brand.primary);
    limits.colour("secondary", &brand.secondary);
    limits.colour("ink", &brand.ink);
    if brand.fonts.len() > MOST_FONTS {
        limits.refuse("fonts", format!("{} font files are more than {MOST_FONTS}", brand.fonts.len()));
    }
}

pub(crate) fn mapping(mapping: &Mapping, limits: &mut Limits) {
    let header = &mapping.header;
    if header.is_empty() || !header.is_sorted() {
        limits.refuse("header", "it must hold the names of all columns, sorted".to_owned());
    }
    if mapping.values.is_empty() {
        limits.refuse("values", "no column is mapped to a metric".to_owned());
    }
    let mut named = [("time", &mapping.time), ("subject", &mapping.subject)]
        .into_iter()
        .filter_map(|(field, column)| Some((field, column.as_ref()?)))
        .chain(mapping.values.iter().map(|value| ("values", &value.column)));
    if let Some((field, column)) = named.find(|(_, column)| !header.contains(column)) {
        limits.refuse(field, format!("there is no column `{column}` in the header"));
    }
}

pub(crate) fn severities(table: &SeverityTable, limits: &mut Limits) {
    if table.tool.trim().is_empty() {
        limits.refuse("tool", "it must name the tool whose words these are".to_owned());
    }
    if table.words.is_empty() {
        limits.refuse("words", "no word has a severity of its own".to_owned());
    }
    for (at, one) in table.words.iter().enumerate() {
        if table.words[..at].iter().any(|before| before.word.eq_ignore_ascii_case(&one.word)) {
            limits.refuse("words", format!("`{}` stands in it twice", one.word));
        }
    }
}

/// For kinds whose only number is their place in the list.
macro_rules! ranked {
    ($($name:ident: $kind:ty),+ $(,)?) => {
        $(pub(crate) fn $name(object: &$kind, limits: &mut Limits) {
            limits.rank(object.rank);
        })+
    };
}

ranked! {
    symptom: crate::Symptom,
    evidence_link: crate::EvidenceLink,
    architecture: crate::Architecture,
    diagram: crate::Diagram,
    exhibit: crate::Exhibit,
    risk: crate::Risk,
    theme: crate::Theme,
    metric: crate::SuccessMetric,
    key_result: crate::KeyResult,
}

#[cfg(test)]
mod tests {
    use crate::{Brand, Effort, Engagement, Initiative, Money, MoneyRange, Object, Phase, ResourceLine};

    fn fields<T: Object>(object: &T) -> Vec<&'static str> {
        object.out_of_range().into_iter().map(|wrong| wrong.field).collect()
    }

    #[test]
    fn an_empty_object_is_in_range() {
        assert!(fields(&Engagement::default()).is_empty());
        assert!(fields(&Initiative::default()).is_empty());
        assert!(fields(&ResourceLine::default()).is_empty());
        assert!(fields(&Brand::default()).is_empty());
    }

    #[test]
    fn a_slip_of_the_keyboard_is_told_by_its_field() {
        let far = "9999-12-31".parse().ok();
        assert_eq!(fields(&Engagement { contingency_percent: -500.0, ..Default::default() }), ["contingency_percent"]);
        assert_eq!(fields(&Engagement { contingency_percent: f64::NAN, ..Default::default() }).len(), 1);
        assert_eq!(fields(&Engagement { roadmap_start: far, ..Default::default() }), ["roadmap_start"]);
        assert_eq!(fields(&Phase { ends: "0001-01-01".parse().ok(), ..Default::default() }), ["ends"]);
        let cost = |low, high| MoneyRange { low: Money(low), likely: Money(5), high: Money(high) };
        assert_eq!(fields(&Initiative { build_cost: cost(-5, 9), ..Default::default() }), ["build_cost"]);
        assert_eq!(fields(&Initiative { run_cost: cost(6, 9), ..Default::default() }), ["run_cost"]);
        assert_eq!(fields(&Initiative { run_cost: cost(1, i64::MAX), ..Default::default() }), ["run_cost"]);
        for wrong in ["", "red", "#12345", "#12345g", "123456", "#1234567"] {
            assert_eq!(fields(&Brand { ink: wrong.to_owned(), ..Default::default() }), ["ink"], "{wrong}");
        }
        let effort = Some(Effort { low: 1.0, likely: 1e308, high: 1e308 });
        assert_eq!(fields(&Initiative { effort, ..Default::default() }), ["effort", "effort"]);
        assert_eq!(fields(&ResourceLine { fte: -1.0, ..Default::default() }), ["fte"]);
    }
}
