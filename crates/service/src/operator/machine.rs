//! What is known of the machine.

use crate::{Service, ServiceError};

/// The room that the data take and have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Room {
    /// Bytes that are taken where the pictures lie, by whatever; `None` where that place does not tell.
    pub used_bytes: Option<u64>,
    /// Bytes that are free there.
    pub free_bytes: Option<u64>,
    /// Bytes that the books take.
    pub books_bytes: u64,
}

/// How busy the machine is: processes that run or wait to run, on an average, in hundredths.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Load {
    /// Over one minute.
    pub one_minute: u64,
    /// Over five minutes.
    pub five_minutes: u64,
    /// Over fifteen minutes.
    pub fifteen_minutes: u64,
}

impl Service {
    /// The room that the data take and have.
    pub fn room(&self) -> Result<Room, ServiceError> {
        let space = self.ports.objects.space();
        Ok(Room {
            used_bytes: space.map(|space| space.used_bytes),
            free_bytes: space.map(|space| space.free_bytes),
            books_bytes: self.size_bytes()?,
        })
    }
}

impl Load {
    /// Asks the system; `None` where it does not tell.
    #[cfg(target_os = "linux")]
    #[allow(
        clippy::useless_conversion,
        reason = "these numbers are shorter on systems of 32 bits"
    )]
    pub fn now() -> Option<Load> {
        // Linux counts in 65536ths (getloadavg(3), sysinfo(2)).
        let hundredths = |load: u64| load.saturating_mul(100) >> 16;
        let [one_minute, five_minutes, fifteen_minutes] = rustix::system::sysinfo()
            .loads
            .map(|load| hundredths(load.into()));
        Some(Load {
            one_minute,
            five_minutes,
            fifteen_minutes,
        })
    }

    /// Asks the system; `None` where it does not tell.
    #[cfg(not(target_os = "linux"))]
    pub fn now() -> Option<Load> {
        None
    }
}
