//! What a second start hands over, whenever it comes.

use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};

/// Whether a second start's file can be shown here: nothing that is handed over is lost, whenever it comes.
#[derive(Default)]
pub struct Door(Mutex<Ajar>);

#[derive(Default)]
struct Ajar {
    stage: Stage,
    /// What was handed over when it could not be shown: a second start, and its engagement where it names one.
    waiting: Option<Option<PathBuf>>,
}

#[derive(Clone, Copy, Default, PartialEq, Eq, Debug)]
enum Stage {
    #[default]
    Starting,
    Open,
    /// The window was asked to close and hands over what was typed last.
    Closing,
    /// The windows are gone; the last pages are being written.
    Closed,
    /// Everything is written, the process is about to end.
    Ended,
}

/// What becomes of what a second start hands over.
#[derive(PartialEq, Eq, Debug)]
pub enum Taken {
    /// The open window shows it.
    Here(Option<PathBuf>),
    /// It is shown when this start has opened, or by the one that follows it.
    Later,
    /// Too late for this one: another is to be started for it.
    Anew(Option<PathBuf>),
}

impl Door {
    fn ajar(&self) -> std::sync::MutexGuard<'_, Ajar> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A second start hands over. It keeps a closing window open.
    pub fn hand_over(&self, path: Option<PathBuf>) -> Taken {
        let mut ajar = self.ajar();
        match ajar.stage {
            Stage::Open | Stage::Closing => {
                ajar.stage = Stage::Open;
                Taken::Here(path)
            }
            Stage::Starting | Stage::Closed => {
                // A start without a file asks for nothing that one with a file does not bring.
                let before = ajar.waiting.take().flatten();
                ajar.waiting = Some(path.or(before));
                Taken::Later
            }
            Stage::Ended => Taken::Anew(path),
        }
    }

    /// The application has started. What was handed over meanwhile.
    pub fn opened(&self) -> Option<Option<PathBuf>> {
        let mut ajar = self.ajar();
        ajar.stage = Stage::Open;
        ajar.waiting.take()
    }

    /// The window was asked to close.
    pub fn closing(&self) {
        let mut ajar = self.ajar();
        if ajar.stage == Stage::Open {
            ajar.stage = Stage::Closing;
        }
    }

    /// Whether the windows are to go now: not when a second start came since they were asked to.
    pub fn closed(&self) -> bool {
        let mut ajar = self.ajar();
        if ajar.stage == Stage::Closing {
            ajar.stage = Stage::Closed;
        }
        ajar.stage == Stage::Closed
    }

    /// The process ends. What was handed over after the windows had gone.
    pub fn ended(&self) -> Option<Option<PathBuf>> {
        let mut ajar = self.ajar();
        ajar.stage = Stage::Ended;
        ajar.waiting.take()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_handed_over_is_shown_at_once_or_waits_and_is_never_lost() {
        let file = |name: &str| Some(PathBuf::from(name));
        let door = Door::default();
        assert_eq!(door.hand_over(file("early.groma")), Taken::Later);
        assert_eq!(door.hand_over(None), Taken::Later);
        assert_eq!(door.opened(), Some(file("early.groma")), "a start without a file takes none away");
        assert_eq!(door.hand_over(file("a.groma")), Taken::Here(file("a.groma")));
        door.closing();
        assert_eq!(door.hand_over(file("b.groma")), Taken::Here(file("b.groma")));
        assert!(!door.closed(), "who opens a file wants its window");
        door.closing();
        assert!(door.closed());
        assert_eq!(door.hand_over(file("late.groma")), Taken::Later);
        assert!(door.closed(), "closed for good");
        assert_eq!(door.ended(), Some(file("late.groma")));
        assert_eq!(door.hand_over(file("last.groma")), Taken::Anew(file("last.groma")));
    }
}
