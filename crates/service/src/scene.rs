//! A service with nobody else on it, for tests.

use crate::clock::ManualClock;
use crate::fetch::Fetcher;
use crate::random::SeededRandom;
use crate::vault::{OperatorKey, Vault};
use crate::{NewActivity, PasswordCost, Ports, Service, Settings};
use billing::{AccountId, ActivityId, AlgorithmVersion, CallRow, MaterialId, Moment};
use pixel::{DecodeOptions, Image, Srgb8, decode, encode_png, resize};
use std::sync::Arc;
use store::Store;
use store::objects::{FileObjects, Objects};
use store::sqlite::SqliteDriver;
use tempfile::TempDir;

/// 2027-01-10 08:00 in Shanghai.
pub(crate) const START_MS: i64 = 1_799_539_200_000;

pub(crate) struct Scene {
    pub(crate) service: Service,
    pub(crate) clock: Arc<ManualClock>,
    pub(crate) objects: Arc<dyn Objects>,
    pub(crate) store: Store,
    pub(crate) driver: Arc<SqliteDriver>,
    _folder: TempDir,
}

impl Scene {
    pub(crate) fn new(fetcher: Option<Arc<dyn Fetcher>>) -> Scene {
        let folder = tempfile::tempdir().unwrap();
        let driver = SqliteDriver::open(&folder.path().join("mien.db")).unwrap();
        let driver = Arc::new(driver);
        let store = Store::new(Arc::<SqliteDriver>::clone(&driver));
        let objects = FileObjects::open(folder.path().join("objects")).unwrap();
        let objects: Arc<dyn Objects> = Arc::new(objects);
        let clock = Arc::new(ManualClock::at(Moment::from_unix_ms(START_MS)));
        let key = OperatorKey::parse(&"5a".repeat(32)).unwrap();
        let ports = Ports {
            store: store.clone(),
            objects: Arc::clone(&objects),
            vault: Arc::new(Vault::new(key)),
            clock: Arc::<ManualClock>::clone(&clock),
            random: Arc::new(SeededRandom::new(7)),
            fetcher,
            signer: None,
        };
        Scene {
            service: Service::open(ports, quick_settings()).unwrap(),
            clock,
            objects,
            store,
            driver,
            _folder: folder,
        }
    }

    /// A new account with an activity.
    pub(crate) fn activity(&self) -> (AccountId, ActivityId) {
        let account = self.service.create_account("Spring campaign").unwrap().id;
        let activity = NewActivity {
            name: "Spring".to_owned(),
            details: String::new(),
            algorithm: AlgorithmVersion::Natural,
            quota: None,
        };
        let activity = self.service.create_activity(account, &activity).unwrap();
        (account, activity.id)
    }

    pub(crate) fn material(&self, owner: (AccountId, ActivityId), bytes: &[u8]) -> MaterialId {
        let added = self.service.add_material(owner.0, owner.1, "poster", bytes);
        added.unwrap().id
    }

    /// Lets so much time pass.
    pub(crate) fn pass(&self, ms: i64) {
        let now = self.service.now();
        self.clock.set(now.plus_ms(ms));
    }

    /// An account's call log.
    pub(crate) fn calls(&self, account: AccountId) -> Vec<CallRow> {
        let read = self.store.read(|records| {
            let mut calls = Vec::new();
            records.each_call(account, 1, u64::from(u32::MAX), |call| {
                calls.push(call);
                Ok::<_, store::StoreError>(())
            })?;
            Ok::<_, store::StoreError>(calls)
        });
        read.unwrap()
    }
}

/// As an operator finds them, but that passwords cost nothing to try.
pub(crate) fn quick_settings() -> Settings {
    Settings {
        password_cost: PasswordCost::FOR_TESTS,
        ..Settings::default()
    }
}

/// A portrait's file.
pub(crate) fn portrait(name: &str) -> Vec<u8> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../fixtures/portraits");
    std::fs::read(format!("{folder}/{name}.jpg")).unwrap()
}

/// A PNG of portraits side by side, each shrunk to a width.
pub(crate) fn side_by_side(portraits: &[(&str, usize)]) -> Vec<u8> {
    let small: Vec<Image<Srgb8>> = portraits
        .iter()
        .map(|&(name, width)| {
            let full = decode(&portrait(name), &DecodeOptions::default())
                .unwrap()
                .pixels;
            resize(full.view(), width, full.height() * width / full.width())
        })
        .collect();
    let width = small.iter().map(Image::width).sum();
    let height = small.iter().map(Image::height).max().unwrap();
    let mut canvas = Image::new(width, height, Srgb8([110; 3]));
    let mut left = 0;
    for picture in &small {
        for y in 0..picture.height() {
            canvas.row_mut(y)[left..left + picture.width()].copy_from_slice(picture.row(y));
        }
        left += picture.width();
    }
    png(&canvas)
}

pub(crate) fn grey_png(width: usize, height: usize) -> Vec<u8> {
    png(&Image::new(width, height, Srgb8([110; 3])))
}

fn png(picture: &Image<Srgb8>) -> Vec<u8> {
    let mut bytes = Vec::new();
    encode_png(picture.view(), None, &mut bytes).unwrap();
    bytes
}
