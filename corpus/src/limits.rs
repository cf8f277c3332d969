//! A process that must not take too long or too much.

use std::io;
use std::process::{Child, ExitStatus};
use std::thread;
use std::time::{Duration, Instant};

/// How much a process may take.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    pub time: Duration,
    /// Of memory that is resident.
    pub mebibytes: u64,
}

/// How a process ended.
#[derive(Clone, Debug)]
pub struct Ended {
    /// `None` where it was ended.
    pub status: Option<ExitStatus>,
    pub seconds: f64,
    /// The most memory that was resident at once, as far as it was seen.
    pub mebibytes: u64,
}

impl Ended {
    /// Why the process was ended, if it was.
    pub fn overrun(&self, limits: Limits) -> Option<String> {
        if self.status.is_some() {
            None
        } else if self.mebibytes > limits.mebibytes {
            Some(format!("ended at {} MiB", limits.mebibytes))
        } else {
            Some(format!("ended after {} s", limits.time.as_secs()))
        }
    }
}

/// How often a process is looked at.
const INTERVAL: Duration = Duration::from_millis(5);

/// Waits for `child`, and ends it where it passes the limits.
pub fn watch(mut child: Child, limits: Limits) -> io::Result<Ended> {
    let start = Instant::now();
    let mut mebibytes = 0;
    let mut interval = INTERVAL / 5;
    let status = loop {
        if let Some(status) = child.try_wait()? {
            break Some(status);
        }
        mebibytes = mebibytes.max(peak(child.id()));
        if start.elapsed() > limits.time || mebibytes > limits.mebibytes {
            child.kill()?;
            child.wait()?;
            break None;
        }
        thread::sleep(interval);
        interval = INTERVAL.min(interval * 2);
    };
    Ok(Ended {
        status,
        seconds: start.elapsed().as_secs_f64(),
        mebibytes,
    })
}

/// The most memory in MiB that a process had resident so far; 0 where the system does not say.
pub fn peak(process: u32) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kibibytes = line.and_then(|line| line.split_whitespace().next()?.parse().ok());
    kibibytes.unwrap_or(0u64).div_ceil(1024)
}

#[cfg(test)]
mod tests {
    use std::process::Command;

    use super::*;

    #[test]
    fn what_takes_too_long_is_ended() {
        let limits = Limits {
            time: Duration::from_millis(200),
            mebibytes: 100,
        };
        let ended = watch(Command::new("sleep").arg("60").spawn().unwrap(), limits).unwrap();
        assert!(ended.status.is_none() && ended.seconds < 20.0, "{ended:?}");
        assert_eq!(ended.overrun(limits).unwrap(), "ended after 0 s");
        let ended = watch(Command::new("true").spawn().unwrap(), limits).unwrap();
        assert!(ended.status.unwrap().success() && ended.overrun(limits).is_none());
    }

    #[test]
    fn what_takes_too_much_is_ended() {
        let limits = Limits {
            time: Duration::from_secs(60),
            mebibytes: 100,
        };
        let mut greedy = Command::new("sh");
        greedy.args(["-c", "a=xxxxxxxxxxxxxxxx; while :; do a=$a$a; done"]);
        let ended = watch(greedy.spawn().unwrap(), limits).unwrap();
        assert_eq!(ended.overrun(limits).as_deref(), Some("ended at 100 MiB"));
    }
}
