//! Opens the books in a data folder: for looking, beside whoever has them; for changing, alone.

use crate::args::BooksArgs;
use crate::failure::Failure;
use billing::Calendar;
use service::clock::{Clock, SystemClock};
use service::fetch::Fetcher;
use service::labelling::PictureSigner;
use service::random::OsRandom;
use service::vault::{OperatorKey, Vault};
use service::{Ports, Service, ServiceError, Settings};
use std::env;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use store::objects::{
    FileObjects, Location, LocationError, ObjectError, ObjectKey, Objects, S3Credentials,
    S3Objects, Space,
};
use store::sqlite::SqliteDriver;
use store::{Store, StoreError};

/// In place of the file in the data folder.
const OPERATOR_KEY: &str = "MIEN_OPERATOR_KEY";

/// Under which setting the books keep the name of their time zone.
const ZONE: &str = "time_zone";

/// Works on books that are there, without changing them; another process may have them open.
pub(crate) fn look<T>(
    args: &BooksArgs,
    work: impl FnOnce(&Service) -> Result<T, Failure>,
) -> Result<T, Failure> {
    let folder = Folder::of(args);
    let store = folder.open_to_look()?;
    let zone = zone_to_look(args, &store)?;
    let ports = folder.ports(args, store, folder.key_to_look()?)?;
    finish(&Service::open_read_only(ports, settings(zone))?, work)
}

/// Works on books that are there and may change them; no other process may have them open so.
pub(crate) fn change<T>(
    args: &BooksArgs,
    work: impl FnOnce(&Service) -> Result<T, Failure>,
) -> Result<T, Failure> {
    let (ports, settings) = open_to_change(args)?;
    finish(&Service::open(ports, settings)?, work)
}

/// As [`change`], with pictures signed where there is a signer.
pub(crate) fn change_and_sign<T>(
    args: &BooksArgs,
    signer: Option<Arc<dyn PictureSigner>>,
    work: impl FnOnce(&Service) -> Result<T, Failure>,
) -> Result<T, Failure> {
    let (ports, settings) = open_to_change(args)?;
    let ports = Ports { signer, ..ports };
    finish(&Service::open(ports, settings)?, work)
}

/// As [`change`], but leaves it to `work` to do what became due.
pub(crate) fn change_as_they_are<T>(
    args: &BooksArgs,
    work: impl FnOnce(&Service) -> Result<T, Failure>,
) -> Result<T, Failure> {
    let (ports, settings) = open_to_change(args)?;
    finish(&Service::open_as_it_is(ports, settings)?, work)
}

/// As [`change`], but begins the books where there are none.
pub(crate) fn begin_or_change<T>(
    args: &BooksArgs,
    work: impl FnOnce(&Service) -> Result<T, Failure>,
) -> Result<T, Failure> {
    // A zone that is none must not leave an empty folder behind.
    asked_zone(args)?;
    Folder::of(args).make()?;
    change(args, work)
}

/// Opens books for a server, and begins them where there are none. Calls may give pictures by URL then.
pub(crate) fn open_to_serve(
    args: &BooksArgs,
    settings: Settings,
    fetcher: Arc<dyn Fetcher>,
    signer: Option<Arc<dyn PictureSigner>>,
) -> Result<Service, Failure> {
    asked_zone(args)?;
    Folder::of(args).make()?;
    let (ports, kept) = open_to_change(args)?;
    let settings = Settings {
        calendar: kept.calendar,
        ..settings
    };
    let ports = Ports {
        fetcher: Some(fetcher),
        signer,
        ..ports
    };
    Ok(Service::open(ports, settings)?)
}

/// Whether there are books.
pub(crate) fn are_there(args: &BooksArgs) -> bool {
    Folder::of(args).database().exists()
}

fn finish<T>(
    service: &Service,
    work: impl FnOnce(&Service) -> Result<T, Failure>,
) -> Result<T, Failure> {
    work(service).map_err(|failure| failure.in_zone(service.calendar()))
}

fn settings(calendar: Calendar) -> Settings {
    Settings {
        calendar,
        ..Settings::default()
    }
}

fn open_to_change(args: &BooksArgs) -> Result<(Ports, Settings), Failure> {
    let folder = Folder::of(args);
    let store = folder.open_to_change()?;
    let zone = zone_to_change(args, &store)?;
    let key = folder.key_to_change(&store)?;
    Ok((folder.ports(args, store, key)?, settings(zone)))
}

/// The zone that was asked for, if one was.
fn asked_zone(args: &BooksArgs) -> Result<Option<Calendar>, Failure> {
    let zone = args.zone.as_deref().map(Calendar::new).transpose();
    Ok(zone.map_err(ServiceError::from)?)
}

/// Looking with the clocks of another zone does no harm.
fn zone_to_look(args: &BooksArgs, store: &Store) -> Result<Calendar, Failure> {
    match (asked_zone(args)?, kept_zone(store)?) {
        (Some(asked), _) => Ok(asked),
        (None, Some(kept)) => Ok(kept),
        (None, None) => Ok(Calendar::default()),
    }
}

/// Days that were billed in one zone must not be billed again in another: the first zone stays.
fn zone_to_change(args: &BooksArgs, store: &Store) -> Result<Calendar, Failure> {
    let asked = asked_zone(args)?;
    if let Some(kept) = kept_zone(store)? {
        return match asked {
            Some(asked) if asked.name() != kept.name() => Err(Failure::OtherZone {
                kept: kept.name().to_owned(),
                asked: asked.name().to_owned(),
            }),
            _ => Ok(kept),
        };
    }
    let zone = asked.unwrap_or_default();
    store.write(|records| records.keep_setting(ZONE, zone.name().as_bytes()))?;
    Ok(zone)
}

fn kept_zone(store: &Store) -> Result<Option<Calendar>, Failure> {
    let kept = store.read(|records| records.setting(ZONE))?;
    let Some(kept) = kept else {
        return Ok(None);
    };
    let calendar = Calendar::new(&String::from_utf8_lossy(&kept));
    Ok(Some(calendar.map_err(ServiceError::from)?))
}

/// A data folder.
struct Folder {
    path: PathBuf,
}

impl Folder {
    fn of(args: &BooksArgs) -> Folder {
        Folder {
            path: args.data().to_owned(),
        }
    }

    fn database(&self) -> PathBuf {
        self.path.join("mien.db")
    }

    fn operator_key(&self) -> PathBuf {
        self.path.join("operator.key")
    }

    /// Makes the folder and an empty database, for the user of the process alone.
    fn make(&self) -> Result<(), Failure> {
        let mut builder = fs::DirBuilder::new();
        builder.recursive(true);
        #[cfg(unix)]
        std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
        builder
            .create(&self.path)
            .map_err(|error| Failure::write(&self.path, error))?;
        SqliteDriver::open(&self.database())?;
        Ok(())
    }

    fn open_to_look(&self) -> Result<Store, Failure> {
        let driver = SqliteDriver::open_read_only(&self.database());
        Ok(Store::new(Arc::new(
            driver.map_err(|error| self.explain(error))?,
        )))
    }

    fn open_to_change(&self) -> Result<Store, Failure> {
        if !self.database().exists() {
            return Err(Failure::NoBooks(self.path.clone()));
        }
        Ok(Store::new(Arc::new(SqliteDriver::open(&self.database())?)))
    }

    fn explain(&self, error: StoreError) -> Failure {
        match error {
            StoreError::Missing(_) => Failure::NoBooks(self.path.clone()),
            other => other.into(),
        }
    }

    /// The operator's key; a new one only while nothing is sealed with an old one.
    fn key_to_change(&self, store: &Store) -> Result<OperatorKey, Failure> {
        if let Some(key) = key_of_environment()? {
            return Ok(key);
        }
        let path = self.operator_key();
        let is_new = store.read(|records| records.accounts())?.is_empty();
        if !path.exists() && !is_new {
            return Err(Failure::NoOperatorKey(path));
        }
        Ok(OperatorKey::load_or_create(&path, &OsRandom)?)
    }

    /// Whoever looks needs no key for most; where there is none, what needs it says so.
    fn key_to_look(&self) -> Result<OperatorKey, Failure> {
        if let Some(key) = key_of_environment()? {
            return Ok(key);
        }
        match fs::File::open(self.operator_key()) {
            Ok(_) => Ok(OperatorKey::load_or_create(
                &self.operator_key(),
                &OsRandom,
            )?),
            Err(_) => Ok(OperatorKey::parse(&"0".repeat(64))?),
        }
    }

    /// Where pictures are kept.
    fn objects(&self, storage: Option<&str>) -> Result<Arc<dyn Objects>, Failure> {
        let bad = |error: LocationError| Failure::Usage(format!("--storage: {error}"));
        let location = storage.map(Location::parse).transpose().map_err(bad)?;
        let folder = match location {
            None => self.path.join("objects"),
            Some(Location::Folder(folder)) => folder,
            Some(Location::S3(place)) => {
                let objects = S3Objects::new(&place, s3_credentials()?);
                return Ok(Arc::new(objects.map_err(ServiceError::from)?));
            }
        };
        Ok(Arc::new(Pictures {
            folder,
            opened: Mutex::default(),
        }))
    }

    fn ports(&self, args: &BooksArgs, store: Store, key: OperatorKey) -> Result<Ports, Failure> {
        Ok(Ports {
            store,
            objects: self.objects(args.storage.as_deref())?,
            vault: Arc::new(Vault::new(key)),
            clock: clock(args),
            random: Arc::new(OsRandom),
            // Files are read here, not URLs.
            fetcher: None,
            signer: None,
        })
    }
}

/// They come by the environment, for anybody can read a command line.
fn s3_credentials() -> Result<S3Credentials, Failure> {
    let variable = |name: &str| env::var(name).ok().filter(|value| !value.is_empty());
    let needed = |name: &str| {
        variable(name).ok_or_else(|| {
            Failure::Usage(format!(
                "{name} is not set; pictures in a bucket need credentials"
            ))
        })
    };
    Ok(S3Credentials {
        key: needed("AWS_ACCESS_KEY_ID")?,
        secret: needed("AWS_SECRET_ACCESS_KEY")?,
        token: variable("AWS_SESSION_TOKEN"),
    })
}

fn key_of_environment() -> Result<Option<OperatorKey>, Failure> {
    match env::var(OPERATOR_KEY) {
        Ok(text) => Ok(Some(OperatorKey::parse(&text)?)),
        Err(env::VarError::NotPresent) => Ok(None),
        Err(env::VarError::NotUnicode(_)) => {
            let error = io::Error::from(io::ErrorKind::InvalidData);
            Err(Failure::read(Path::new(OPERATOR_KEY), error))
        }
    }
}

#[cfg(debug_assertions)]
fn clock(args: &BooksArgs) -> Arc<dyn Clock> {
    match args.now {
        Some(now) => Arc::new(service::clock::ManualClock::at(now)),
        None => Arc::new(SystemClock::new()),
    }
}

#[cfg(not(debug_assertions))]
fn clock(_args: &BooksArgs) -> Arc<dyn Clock> {
    Arc::new(SystemClock::new())
}

/// The pictures' folder, opened when the first picture is asked for: opening it writes there.
struct Pictures {
    folder: PathBuf,
    opened: Mutex<Option<Arc<FileObjects>>>,
}

impl Pictures {
    fn open(&self) -> Result<Arc<FileObjects>, ObjectError> {
        let mut opened = self.opened.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(objects) = &*opened {
            return Ok(Arc::clone(objects));
        }
        let objects = Arc::new(FileObjects::open(&self.folder)?);
        *opened = Some(Arc::clone(&objects));
        Ok(objects)
    }
}

impl Objects for Pictures {
    fn put(&self, key: &ObjectKey, bytes: &[u8]) -> Result<(), ObjectError> {
        self.open()?.put(key, bytes)
    }

    fn put_new(&self, key: &ObjectKey, bytes: &[u8]) -> Result<(), ObjectError> {
        self.open()?.put_new(key, bytes)
    }

    fn get(&self, key: &ObjectKey) -> Result<Vec<u8>, ObjectError> {
        self.open()?.get(key)
    }

    fn delete(&self, key: &ObjectKey) -> Result<(), ObjectError> {
        self.open()?.delete(key)
    }

    fn exists(&self, key: &ObjectKey) -> Result<bool, ObjectError> {
        self.open()?.exists(key)
    }

    fn list(&self, prefix: &str) -> Result<Vec<ObjectKey>, ObjectError> {
        self.open()?.list(prefix)
    }

    fn space(&self) -> Option<Space> {
        self.open().ok()?.space()
    }
}
