//! When the writer waits a moment, so that those whom it just answered and who ask again come into one transaction.
//!
//! Without it the first who asks again gets a transaction alone, all others wait for that one's flush before theirs
//! begins, and half of the disk's flushes are spent on few.

use std::time::{Duration, Instant};

use tokio::sync::mpsc::Receiver;

/// The longest that the writer waits.
const LONGEST: Duration = Duration::from_millis(1);

/// How long it waits between two looks.
const STEP: Duration = Duration::from_micros(50);

/// What the last transaction was: the measure of the next.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Last {
    /// How many it was for.
    pub(super) size: usize,
    /// How long it took.
    pub(super) took: Duration,
}

impl Last {
    /// How long to wait for more when so many have asked: not at all when they are as many as last time, so that one
    /// who asks alone never waits; else a quarter of what a transaction takes, which is all that a wrong guess costs.
    fn patience(self, asked: usize) -> Duration {
        if asked >= self.size {
            return Duration::ZERO;
        }
        (self.took / 4).min(LONGEST)
    }

    /// Takes more of what is asked, up to as many as last time, while its patience lasts. It sleeps on the writer's
    /// own thread, for tokio's clock is too coarse.
    pub(super) fn gather<T>(self, taken: &mut Vec<T>, commands: &mut Receiver<T>) {
        let start = Instant::now();
        loop {
            while taken.len() < self.size
                && let Ok(command) = commands.try_recv()
            {
                taken.push(command);
            }
            if start.elapsed() >= self.patience(taken.len()) {
                break;
            }
            std::thread::sleep(STEP);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LAST: Last = Last {
        size: 8,
        took: Duration::from_millis(2),
    };

    #[test]
    fn waits_only_for_those_who_asked_last_time_and_not_long() {
        assert_eq!(LAST.patience(8), Duration::ZERO);
        assert_eq!(LAST.patience(1), Duration::from_micros(500));
        let slow = Last {
            took: Duration::from_secs(1),
            ..LAST
        };
        assert_eq!(slow.patience(1), LONGEST);
        assert_eq!(Last::default().patience(1), Duration::ZERO);
    }

    #[test]
    fn takes_what_is_asked_meanwhile_and_leaves_the_rest() {
        let (sender, mut receiver) = tokio::sync::mpsc::channel(20);
        for number in 1..20 {
            sender.try_send(number).expect("room");
        }
        let mut taken = vec![0];
        LAST.gather(&mut taken, &mut receiver);
        assert_eq!(taken, (0..8).collect::<Vec<_>>());
        assert_eq!(receiver.len(), 12);
    }
}
