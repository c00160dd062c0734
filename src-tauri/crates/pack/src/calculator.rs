//! The calculators of the packs.
//!
//! **Pool size.** `ceil(peak_rps × average query time in seconds × 1.3)` is Little's law (connections in use =
//! arrival rate × time in use) with 30 % headroom for the variance of arrivals; it is checked against
//! `cores of the database × 2`, below which a database with spinning or network storage idles while queries wait
//! (PostgreSQL wiki, *Number Of Database Connections*). The larger of the two is the size.
//!
//! **Circuit breaker.** Open when more than 50 % of at least 20 calls of the last 10 s failed; every 30 s let one
//! trial call through; close after 3 successful trials in a row (the three-state breaker of Nygard, *Release It!*).

use crate::{Calculator, Formula};

/// Ids of a formula's inputs and outputs, in order.
pub(crate) const fn quantities(formula: Formula) -> (&'static [&'static str], &'static [&'static str]) {
    match formula {
        Formula::PoolSize => {
            (&["peak_rps", "avg_query_ms", "safety_factor", "db_cores"], &["by_load", "by_cores", "pool_size"])
        }
        Formula::CircuitBreaker => {
            (&["requests", "failures", "opened_s_ago", "trial_successes"], &["error_percent", "state"])
        }
    }
}

/// A number that a formula cannot take.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[error("{input} is {value}: {remedy}")]
pub struct CalculatorError {
    /// Id of the input.
    pub input: &'static str,
    /// What was given.
    pub value: f64,
    /// What to give instead.
    pub remedy: &'static str,
}

fn sane(input: &'static str, value: f64) -> Result<f64, CalculatorError> {
    if value.is_finite() && value >= 0.0 {
        Ok(value)
    } else {
        Err(CalculatorError { input, value, remedy: "give a number of 0 or more" })
    }
}

/// Size of a connection pool, both ways of reckoning, and the larger.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PoolSize {
    /// `ceil(peak_rps × avg_query_s × safety_factor)`: connections.
    pub by_load: u64,
    /// `cores × 2`: connections.
    pub by_cores: u64,
    /// The larger of the two, at least 1.
    pub pool_size: u64,
}

/// Size of a connection pool for all instances together.
///
/// `peak_rps` is requests that query the database per second at peak, `avg_query_ms` the mean time a connection is
/// held per request in milliseconds, `safety_factor` the headroom (1.3), `db_cores` the database's cores.
///
/// # Errors
/// When a number is negative or not finite, or the result exceeds 1,000,000 connections.
pub fn pool_size(
    peak_rps: f64,
    avg_query_ms: f64,
    safety_factor: f64,
    db_cores: f64,
) -> Result<PoolSize, CalculatorError> {
    let load = sane("peak_rps", peak_rps)? * sane("avg_query_ms", avg_query_ms)? / 1000.0;
    let load = load * sane("safety_factor", safety_factor)?;
    let cores = sane("db_cores", db_cores)? * 2.0;
    for (input, value) in [("peak_rps", load), ("db_cores", cores)] {
        if value > 1e6 {
            return Err(CalculatorError {
                input,
                value,
                remedy: "this needs over a million connections; check the units",
            });
        }
    }
    // 500 × 0.02 × 1.3 is 13.000000000000002 in binary: a hair above a whole number must not cost a connection.
    let by_load = (load - load.abs() * 1e-12).ceil() as u64;
    let by_cores = cores.ceil() as u64;
    Ok(PoolSize { by_load, by_cores, pool_size: by_load.max(by_cores).max(1) })
}

/// State of a circuit breaker.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum CircuitState {
    /// Calls go through.
    #[default]
    Closed,
    /// Calls fail at once.
    Open,
    /// One trial call goes through, the others fail at once.
    HalfOpen,
}

impl CircuitState {
    /// `closed`, `open` or `half_open`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Closed => "closed",
            Self::Open => "open",
            Self::HalfOpen => "half_open",
        }
    }
}

/// The guidance's numbers.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct CircuitRule {
    /// Length of the window, ms.
    pub window_ms: u64,
    /// Share of failures, 0 to 1, above which it opens.
    pub max_error_share: f64,
    /// Fewest calls in the window for it to open.
    pub min_requests: u64,
    /// Time between trial calls while not closed, ms.
    pub trial_every_ms: u64,
    /// Successful trials in a row that close it.
    pub successes_to_close: u64,
}

impl Default for CircuitRule {
    fn default() -> Self {
        Self {
            window_ms: 10_000,
            max_error_share: 0.5,
            min_requests: 20,
            trial_every_ms: 30_000,
            successes_to_close: 3,
        }
    }
}

impl CircuitRule {
    /// Whether a closed breaker opens on these counts of one window.
    #[must_use]
    pub fn opens(&self, requests: u64, failures: u64) -> bool {
        requests >= self.min_requests && failures as f64 > self.max_error_share * requests as f64
    }

    /// State from counts: calls and failures of the last window, time since it opened (none when it never did), and
    /// successful trials in a row since.
    #[must_use]
    pub fn state(
        &self,
        requests: u64,
        failures: u64,
        opened_ms_ago: Option<u64>,
        trial_successes: u64,
    ) -> CircuitState {
        match opened_ms_ago {
            Some(_) if trial_successes >= self.successes_to_close => CircuitState::Closed,
            Some(ago) if ago >= self.trial_every_ms => CircuitState::HalfOpen,
            Some(_) => CircuitState::Open,
            None if self.opens(requests, failures) => CircuitState::Open,
            None => CircuitState::Closed,
        }
    }
}

/// A call offered to a breaker.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Call {
    /// When, ms from the start; calls come in order of time.
    pub at_ms: u64,
    /// Whether it would succeed if let through.
    pub succeeds: bool,
}

/// What a breaker did with a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Passage {
    /// Whether the call was let through.
    pub admitted: bool,
    /// State after the call.
    pub state: CircuitState,
}

/// Plays a sequence of calls through a breaker: which are let through, and its state after each.
#[must_use]
pub fn simulate_circuit(rule: &CircuitRule, calls: &[Call]) -> Vec<Passage> {
    let mut state = CircuitState::Closed;
    let mut window: std::collections::VecDeque<Call> = std::collections::VecDeque::new();
    let mut last_trial = 0;
    let mut successes = 0;
    calls
        .iter()
        .map(|call| {
            let admitted = state == CircuitState::Closed || call.at_ms >= last_trial + rule.trial_every_ms;
            if !admitted {
                return Passage { admitted, state };
            }
            if state == CircuitState::Closed {
                window.push_back(*call);
                while window.front().is_some_and(|first| first.at_ms + rule.window_ms <= call.at_ms) {
                    window.pop_front();
                }
                let failures = window.iter().filter(|call| !call.succeeds).count() as u64;
                if rule.opens(window.len() as u64, failures) {
                    (state, last_trial, successes) = (CircuitState::Open, call.at_ms, 0);
                    window.clear();
                }
            } else {
                last_trial = call.at_ms;
                successes = if call.succeeds { successes + 1 } else { 0 };
                state = if successes >= rule.successes_to_close {
                    CircuitState::Closed
                } else if call.succeeds {
                    CircuitState::HalfOpen
                } else {
                    CircuitState::Open
                };
            }
            Passage { admitted, state }
        })
        .collect()
}

/// An output of a calculator.
#[derive(Debug, Clone, PartialEq)]
pub struct Output {
    /// Id of the output.
    pub id: &'static str,
    /// The number; for the circuit's state 0 closed, 1 half open, 2 open.
    pub value: f64,
    /// The number as it is shown, or the state's word.
    pub text: String,
}

/// Computes a calculator of a pack; inputs that are not given take their default.
///
/// # Errors
/// When an input is not a number that the formula takes. A calculator without a formula gives no outputs.
pub fn calculate(calculator: &Calculator, inputs: &[(&str, f64)]) -> Result<Vec<Output>, CalculatorError> {
    let input = |id: &str| {
        let given = inputs.iter().find(|(name, _)| *name == id).map(|(_, value)| *value);
        let default = || calculator.inputs.iter().find(|input| input.id == id).map_or(0.0, |input| input.default);
        given.unwrap_or_else(default)
    };
    let output = |id, value: f64| Output { id, value, text: crate::unit::number(value) };
    Ok(match calculator.formula {
        None => Vec::new(),
        Some(Formula::PoolSize) => {
            let size = pool_size(input("peak_rps"), input("avg_query_ms"), input("safety_factor"), input("db_cores"))?;
            vec![
                output("by_load", size.by_load as f64),
                output("by_cores", size.by_cores as f64),
                output("pool_size", size.pool_size as f64),
            ]
        }
        Some(Formula::CircuitBreaker) => {
            let requests = sane("requests", input("requests"))?;
            let failures = sane("failures", input("failures"))?;
            if failures > requests {
                return Err(CalculatorError {
                    input: "failures",
                    value: failures,
                    remedy: "there cannot be more than requests",
                });
            }
            // A negative time means that the breaker has not opened.
            let opened = input("opened_s_ago");
            let opened = (opened >= 0.0).then_some((opened * 1000.0) as u64);
            let successes = sane("trial_successes", input("trial_successes"))?;
            let rule = CircuitRule::default();
            let state = rule.state(requests as u64, failures as u64, opened, successes as u64);
            let percent = if requests > 0.0 { failures / requests * 100.0 } else { 0.0 };
            let value = match state {
                CircuitState::Closed => 0.0,
                CircuitState::HalfOpen => 1.0,
                CircuitState::Open => 2.0,
            };
            vec![output("error_percent", percent), Output { id: "state", value, text: state.as_str().to_owned() }]
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pool_size_is_the_larger_of_load_and_cores() {
        // 500 × 0.015 × 1.3 = 9.75 → 10; 4 cores × 2 = 8.
        assert_eq!(pool_size(500.0, 15.0, 1.3, 4.0), Ok(PoolSize { by_load: 10, by_cores: 8, pool_size: 10 }));
        // 100 × 0.010 × 1.3 = 1.3 → 2; 8 cores × 2 = 16.
        assert_eq!(pool_size(100.0, 10.0, 1.3, 8.0), Ok(PoolSize { by_load: 2, by_cores: 16, pool_size: 16 }));
        // 500 × 0.020 × 1.3 = 13 exactly, though not in binary.
        assert_eq!(pool_size(500.0, 20.0, 1.3, 0.0).map(|size| size.by_load), Ok(13));
        assert_eq!(pool_size(0.0, 0.0, 1.3, 0.0).map(|size| size.pool_size), Ok(1));
        assert_eq!(pool_size(-1.0, 15.0, 1.3, 4.0).map_err(|error| error.input), Err("peak_rps"));
        assert!(pool_size(f64::NAN, 15.0, 1.3, 4.0).is_err());
        assert!(pool_size(1e9, 1e9, 1.3, 4.0).is_err());
    }

    #[test]
    fn breaker_opens_above_half_of_twenty() {
        let rule = CircuitRule::default();
        assert!(!rule.opens(19, 19), "too few calls");
        assert!(!rule.opens(20, 10), "half is not more than half");
        assert!(rule.opens(20, 11));
        assert_eq!(rule.state(20, 11, None, 0), CircuitState::Open);
        assert_eq!(rule.state(0, 0, Some(29_999), 0), CircuitState::Open);
        assert_eq!(rule.state(0, 0, Some(30_000), 2), CircuitState::HalfOpen);
        assert_eq!(rule.state(0, 0, Some(90_000), 3), CircuitState::Closed);
    }

    #[test]
    fn breaker_recovers_by_three_trials_thirty_seconds_apart() {
        let rule = CircuitRule::default();
        // 20 failures in 2 s open it at the twentieth; calls every second after that, the dependency healthy from 60 s.
        let mut calls: Vec<Call> = (0..20).map(|i| Call { at_ms: i * 100, succeeds: false }).collect();
        calls.extend((2..=130).map(|s| Call { at_ms: s * 1000, succeeds: s >= 60 }));
        let passages = simulate_circuit(&rule, &calls);
        use CircuitState::{Closed, HalfOpen, Open};
        assert_eq!(passages[18].state, Closed);
        assert_eq!(passages[19], Passage { admitted: true, state: Open });
        let admitted: Vec<(u64, CircuitState)> = calls
            .iter()
            .zip(&passages)
            .skip(20)
            .filter(|(_, passage)| passage.admitted)
            .map(|(call, passage)| (call.at_ms / 1000, passage.state))
            .take(5)
            .collect();
        // Opened at 1.9 s: trials at 32 s (fails), 62, 92 and 122 s (succeed, the third closes), then all calls pass.
        assert_eq!(admitted, [(32, Open), (62, HalfOpen), (92, HalfOpen), (122, Closed), (123, Closed)]);
    }

    #[test]
    fn failures_older_than_the_window_are_forgotten() {
        let rule = CircuitRule::default();
        let mut calls: Vec<Call> = (0..19).map(|i| Call { at_ms: i * 10, succeeds: false }).collect();
        calls.extend((0..19).map(|i| Call { at_ms: 10_200 + i * 10, succeeds: false }));
        assert!(simulate_circuit(&rule, &calls).iter().all(|passage| passage.state == CircuitState::Closed));
    }
}
