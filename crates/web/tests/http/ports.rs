//! What the server stands on, some of which may fail.

use crate::world::portrait;
use service::fetch::{FetchError, FetchLimits, Fetcher};
use service::webhook::{Courier, DeliveryError, Letter, Receipt};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Condvar, Mutex};
use store::StoreError;
use store::objects::{FileObjects, ObjectError, ObjectKey, Objects};
use store::sql::{Driver, Work};
use store::sqlite::SqliteDriver;

/// Pictures in files, in a place that may be full, or broken.
pub(crate) struct Place {
    inner: FileObjects,
    pub(crate) is_full: AtomicBool,
    reading: Mutex<Reading>,
    changed: Condvar,
}

/// What happens to whoever reads a picture.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Reading {
    Works,
    Waits,
    Fails,
    Panics,
}

impl Place {
    pub(crate) fn new(inner: FileObjects) -> Place {
        Place {
            inner,
            is_full: AtomicBool::new(false),
            reading: Mutex::new(Reading::Works),
            changed: Condvar::new(),
        }
    }

    pub(crate) fn set_reading(&self, reading: Reading) {
        *self.reading.lock().unwrap() = reading;
        self.changed.notify_all();
    }

    fn trouble(source: &str) -> ObjectError {
        ObjectError::Failed {
            place: "/srv/secret-place".to_owned(),
            source: source.into(),
        }
    }
}

impl Objects for Place {
    fn put(&self, key: &ObjectKey, bytes: &[u8]) -> Result<(), ObjectError> {
        if self.is_full.load(Ordering::SeqCst) {
            return Err(ObjectError::Full {
                place: "/srv/secret-place".to_owned(),
                source: "no room".into(),
            });
        }
        self.inner.put(key, bytes)
    }

    fn get(&self, key: &ObjectKey) -> Result<Vec<u8>, ObjectError> {
        let reading = self.reading.lock().unwrap();
        let waited = self.changed.wait_while(reading, |it| *it == Reading::Waits);
        let reading = *waited.unwrap();
        match reading {
            Reading::Works | Reading::Waits => self.inner.get(key),
            Reading::Fails => Err(Place::trouble("the disk is broken")),
            Reading::Panics => panic!("the place of pictures breaks down"),
        }
    }

    fn delete(&self, key: &ObjectKey) -> Result<(), ObjectError> {
        self.inner.delete(key)
    }

    fn exists(&self, key: &ObjectKey) -> Result<bool, ObjectError> {
        self.inner.exists(key)
    }

    fn list(&self, prefix: &str) -> Result<Vec<ObjectKey>, ObjectError> {
        self.inner.list(prefix)
    }
}

/// Books that may fail.
pub(crate) struct Books {
    inner: SqliteDriver,
    fault: Mutex<Option<fn() -> StoreError>>,
}

impl Books {
    pub(crate) fn new(inner: SqliteDriver) -> Books {
        Books {
            inner,
            fault: Mutex::new(None),
        }
    }

    /// From now on every transaction fails so.
    pub(crate) fn fail(&self, fault: fn() -> StoreError) {
        *self.fault.lock().unwrap() = Some(fault);
    }

    fn check(&self) -> Result<(), StoreError> {
        self.fault
            .lock()
            .unwrap()
            .map_or(Ok(()), |fault| Err(fault()))
    }
}

impl Driver for Books {
    fn write(&self, work: &mut Work<'_>) -> Result<(), StoreError> {
        self.check()?;
        self.inner.write(work)
    }

    fn read(&self, work: &mut Work<'_>) -> Result<(), StoreError> {
        self.check()?;
        self.inner.read(work)
    }

    fn size_bytes(&self) -> Result<u64, StoreError> {
        self.inner.size_bytes()
    }
}

/// Nobody delivers.
pub(crate) struct NoCourier;

impl Courier for NoCourier {
    fn deliver(&self, letter: &Letter) -> Result<Receipt, DeliveryError> {
        unreachable!("no webhook, no letter: {letter:?}")
    }
}

/// Fetches from hosts that are not there; one of them is slow.
#[derive(Default)]
pub(crate) struct Hosts {
    slow: Mutex<Slow>,
    changed: Condvar,
}

#[derive(Default)]
struct Slow {
    asked: usize,
    answers: bool,
}

impl Hosts {
    /// Returns when the slow host was asked so many times.
    pub(crate) fn wait_until_asked(&self, times: usize) {
        let slow = self.slow.lock().unwrap();
        let waits = |slow: &mut Slow| slow.asked < times;
        drop(self.changed.wait_while(slow, waits).unwrap());
    }

    /// Has the slow host answer.
    pub(crate) fn answer(&self) {
        self.slow.lock().unwrap().answers = true;
        self.changed.notify_all();
    }

    fn ask_slow(&self) {
        let mut slow = self.slow.lock().unwrap();
        slow.asked += 1;
        self.changed.notify_all();
        let waits = |slow: &mut Slow| !slow.answers;
        drop(self.changed.wait_while(slow, waits).unwrap());
    }
}

impl Fetcher for Hosts {
    fn fetch(&self, url: &str, limits: FetchLimits) -> Result<Vec<u8>, FetchError> {
        let host = "img.example".to_owned();
        match url {
            "https://img.example/u1.jpg" => Ok(portrait("U1")),
            "https://img.example/t1.jpg" => Ok(portrait("T1")),
            "https://slow.example/u1.jpg" => {
                self.ask_slow();
                Ok(portrait("U1"))
            }
            "https://img.example/large.jpg" => Err(FetchError::TooLarge {
                host,
                limit: limits.max_bytes,
            }),
            _ => Err(FetchError::Status { host, status: 404 }),
        }
    }
}
