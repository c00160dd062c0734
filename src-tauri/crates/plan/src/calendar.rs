//! Working days and half-day slots.
//!
//! Nobody works on Saturdays, Sundays and the engagement's holidays. A working day has two slots, morning and
//! afternoon: the smallest unit in which work is planned.

use std::collections::BTreeSet;

use groma_model::Date;
use jiff::{ToSpan, civil::Weekday};

/// Half-day index: slot `2n` is the morning of the timeline's working day `n`, slot `2n + 1` its afternoon.
pub(crate) type Slot = u32;

/// Longest plan, in calendar years; what would end later is not scheduled but reported.
const HORIZON_YEARS: i32 = 20;

/// Which days are worked.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Calendar {
    holidays: BTreeSet<Date>,
}

impl Calendar {
    /// A calendar with these holidays, besides Saturdays and Sundays.
    #[must_use]
    pub fn new(holidays: &[Date]) -> Self {
        Self { holidays: holidays.iter().copied().collect() }
    }

    /// Whether people work on this day.
    #[must_use]
    pub fn is_working_day(&self, date: Date) -> bool {
        !is_weekend(date) && !self.holidays.contains(&date)
    }

    /// Number of working days from the first to the last day, both included; 0 when they are in the wrong order.
    #[must_use]
    pub fn working_days(&self, from: Date, to: Date) -> u32 {
        if from > to {
            return 0;
        }
        let days = days_between(from, to) + 1;
        // Every full week has five; only the rest is counted day by day.
        let (weeks, rest) = (days / 7, days % 7);
        let first = i64::from(from.weekday().to_monday_zero_offset());
        let weekdays = weeks * 5 + (0..rest).filter(|day| (first + day) % 7 < 5).count() as i64;
        let holidays = self.holidays.range(from..=to).filter(|day| !is_weekend(**day)).count() as i64;
        u32::try_from(weekdays - holidays).unwrap_or(0)
    }

    /// The working days from a start on, for [`HORIZON_YEARS`].
    pub(crate) fn timeline(&self, start: Date) -> Timeline {
        let last = start.checked_add(HORIZON_YEARS.years()).unwrap_or(Date::MAX);
        let mut days = Vec::new();
        let mut day = start;
        let mut weekday = start.weekday().to_monday_zero_offset();
        while day <= last {
            if weekday < 5 && !self.holidays.contains(&day) {
                days.push(day);
            }
            weekday = (weekday + 1) % 7;
            match day.tomorrow() {
                Ok(next) => day = next,
                Err(_) => break,
            }
        }
        Timeline { days }
    }
}

fn is_weekend(date: Date) -> bool {
    matches!(date.weekday(), Weekday::Saturday | Weekday::Sunday)
}

/// Calendar days from one date to another; negative when the second is earlier.
pub(crate) fn days_between(from: Date, to: Date) -> i64 {
    // The default largest unit of a date difference is the day, and civil dates are within i32 days of each other.
    from.until(to).map_or(0, |span| i64::from(span.get_days()))
}

/// The working days from the roadmap's start on, in order.
#[derive(Debug, Clone)]
pub(crate) struct Timeline {
    days: Vec<Date>,
}

impl Timeline {
    /// One past the last slot.
    pub fn end(&self) -> Slot {
        self.days.len() as Slot * 2
    }

    /// The morning of the first working day on or after a date; [`Self::end`] when that is beyond the timeline.
    pub fn slot_on_or_after(&self, date: Date) -> Slot {
        self.days.partition_point(|day| *day < date) as Slot * 2
    }

    /// One past the last slot of a date: what ends by it ends there at the latest.
    pub fn slot_after(&self, date: Date) -> Slot {
        self.days.partition_point(|day| *day <= date) as Slot * 2
    }

    /// The day of a slot; the last day for slots beyond the timeline.
    pub fn date(&self, slot: Slot) -> Date {
        let index = (slot / 2) as usize;
        self.days.get(index).or(self.days.last()).copied().unwrap_or(Date::MAX)
    }
}

/// Slots as working days, in halves.
pub(crate) fn in_days(slots: i64) -> f64 {
    slots as f64 / 2.0
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn easter_week_of_2026_has_three_working_days_in_four() {
        let calendar = Calendar::new(&[date(2026, 4, 3), date(2026, 4, 6)]);
        assert!(calendar.is_working_day(date(2026, 4, 2)));
        assert!(!calendar.is_working_day(date(2026, 4, 3)));
        // Wed, Thu, (Good Friday), (Sat), (Sun), (Easter Monday), Tue
        assert_eq!(calendar.working_days(date(2026, 4, 1), date(2026, 4, 7)), 3);
        assert_eq!(calendar.working_days(date(2026, 4, 7), date(2026, 4, 1)), 0);
    }

    #[test]
    fn slots_and_dates_map_both_ways() {
        let timeline = Calendar::new(&[date(2026, 4, 6)]).timeline(date(2026, 4, 4));
        assert_eq!(timeline.date(0), date(2026, 4, 7));
        assert_eq!(timeline.slot_on_or_after(date(2026, 4, 8)), 2);
        assert_eq!(timeline.slot_on_or_after(date(2026, 4, 11)), timeline.slot_on_or_after(date(2026, 4, 13)));
        assert_eq!(timeline.slot_after(date(2026, 4, 7)), 2);
        assert_eq!(timeline.slot_after(date(2026, 4, 1)), 0);
        assert_eq!(timeline.slot_on_or_after(date(2099, 1, 1)), timeline.end());
    }

    proptest! {
        #[test]
        fn counting_by_weeks_equals_counting_by_days(start in 0i32..4000, days in 0i32..400, off in prop::collection::vec(0i32..4400, 0..20)) {
            let origin = date(2020, 1, 1);
            let at = |n: i32| origin.checked_add(n.days()).unwrap();
            let calendar = Calendar::new(&off.iter().map(|n| at(*n)).collect::<Vec<_>>());
            let slow = (start..=start + days).filter(|n| calendar.is_working_day(at(*n))).count() as u32;
            prop_assert_eq!(calendar.working_days(at(start), at(start + days)), slow);
        }
    }
}
