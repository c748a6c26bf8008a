use crate::campaigns::Visits;
use crate::clock::Clock;
use crate::error::ServiceError;
use crate::fetch::Fetcher;
use crate::key_ring::KeyRing;
use crate::labelling::PictureSigner;
use crate::listing::ListingPaces;
use crate::meter::Meter;
use crate::people::{PasswordCost, People};
use crate::pictures::Thumbnails;
use crate::random::Random;
use crate::studio::Studio;
use crate::vault::Vault;
use billing::catalogue::DEFAULT_TEXT;
use billing::{AccountId, Activity, ActivityId, Calendar, Catalogue, Moment};
use std::sync::{Arc, Mutex, PoisonError, RwLock};
use store::objects::Objects;
use store::{Account, Records, Store};

/// What an operator sets.
#[derive(Clone, Debug)]
pub struct Settings {
    /// By which days and months begin.
    pub calendar: Calendar,
    /// Activities an account may create, deleted ones included, so that free calls cannot be farmed.
    pub activity_limit: u32,
    /// Times a second that an account may list materials through the API.
    pub listings_per_second: u32,
    /// What it costs to try a password.
    pub password_cost: PasswordCost,
    /// A session with which nothing is done ends after so long.
    pub session_idle_ms: i64,
    /// Every session ends after so long.
    pub session_longest_ms: i64,
    /// Whom customers ask for what is not sold here.
    pub contact: Option<String>,
}

impl Default for Settings {
    /// Shanghai's days; 20 activities and one listing a second for each account.
    fn default() -> Settings {
        Settings {
            calendar: Calendar::default(),
            activity_limit: 20,
            listings_per_second: 1,
            password_cost: PasswordCost::default(),
            session_idle_ms: 12 * 3_600_000,
            session_longest_ms: 14 * 24 * 3_600_000,
            contact: None,
        }
    }
}

/// What the use cases stand on: the ports and their adapters.
#[derive(Clone)]
pub struct Ports {
    /// The books.
    pub store: Store,
    /// Pictures.
    pub objects: Arc<dyn Objects>,
    /// Opens secrets.
    pub vault: Arc<Vault>,
    /// Time.
    pub clock: Arc<dyn Clock>,
    /// Randomness.
    pub random: Arc<dyn Random>,
    /// Fetches pictures that calls give by URL; without one such calls are refused.
    pub fetcher: Option<Arc<dyn Fetcher>>,
    /// Signs the pictures of calls; without one they are labelled only.
    pub signer: Option<Arc<dyn PictureSigner>>,
}

/// The use cases; shared by all threads.
pub struct Service {
    pub(crate) ports: Ports,
    pub(crate) settings: Settings,
    pub(crate) catalogue: Arc<RwLock<Arc<Catalogue>>>,
    pub(crate) studio: Studio,
    pub(crate) people: People,
    /// Hours before it hold no results any more; `None` before the first sweep.
    pub(crate) swept_until_hour: Mutex<Option<i64>>,
    pub(crate) listing_paces: ListingPaces,
    pub(crate) key_ring: KeyRing,
    pub(crate) visits: Visits,
    pub(crate) thumbnails: Thumbnails,
    meter: Meter,
}

impl std::fmt::Debug for Service {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Service")
            .field("settings", &self.settings)
            .finish_non_exhaustive()
    }
}

impl Service {
    /// Opens for use: puts the default catalogue into force where there is none, then catches up on
    /// what became due while nobody was here (months to close, notices).
    pub fn open(ports: Ports, settings: Settings) -> Result<Service, ServiceError> {
        let service = Service::open_as_it_is(ports, settings)?;
        service.catch_up()?;
        Ok(service)
    }

    /// As [`Service::open`], but leaves it to the caller to [catch up](Service::catch_up), first of all.
    pub fn open_as_it_is(ports: Ports, settings: Settings) -> Result<Service, ServiceError> {
        let now = ports.clock.now();
        let catalogue = ports
            .store
            .write(|records| current_catalogue(records, now))?;
        let service = Service::with_catalogue(ports, settings, catalogue)?;
        service.ensure_signing_key()?;
        Ok(service)
    }

    /// Opens for looking, beside a process that has it open for use.
    pub fn open_read_only(ports: Ports, settings: Settings) -> Result<Service, ServiceError> {
        let edition = ports.store.read(|records| records.catalogue_before(EVER))?;
        let text = edition.map_or_else(|| DEFAULT_TEXT.to_owned(), |edition| edition.text);
        let catalogue = Catalogue::read(&text)?;
        Service::with_catalogue(ports, settings, catalogue)
    }

    fn with_catalogue(
        ports: Ports,
        settings: Settings,
        catalogue: Catalogue,
    ) -> Result<Service, ServiceError> {
        let people = People::read(&ports.store, settings.password_cost)?;
        let catalogue = Arc::new(RwLock::new(Arc::new(catalogue)));
        let meter = Meter::new(
            ports.store.clone(),
            Arc::clone(&ports.clock),
            settings.calendar.clone(),
            Arc::clone(&catalogue),
        );
        Ok(Service {
            ports,
            settings,
            catalogue,
            studio: Studio::new(),
            people,
            swept_until_hour: Mutex::new(None),
            listing_paces: ListingPaces::default(),
            key_ring: KeyRing::default(),
            visits: Visits::default(),
            thumbnails: Thumbnails::default(),
            meter,
        })
    }

    /// Lets calls in and charges them.
    pub fn meter(&self) -> &Meter {
        &self.meter
    }

    /// Whether calls can be answered: the books take writes, and the nets are loaded (which this does
    /// where it was not done).
    pub fn check_ready(&self) -> Result<(), ServiceError> {
        let now = self.now().unix_ms().to_be_bytes();
        let store = &self.ports.store;
        store.write(|records| records.keep_setting("ready_at", &now))?;
        self.studio.load()
    }

    /// The calendar in use.
    pub fn calendar(&self) -> &Calendar {
        &self.settings.calendar
    }

    /// Bytes the books take on the disk.
    pub fn size_bytes(&self) -> Result<u64, ServiceError> {
        Ok(self.ports.store.size_bytes()?)
    }

    /// The edition of the catalogue in force.
    pub fn catalogue(&self) -> Arc<Catalogue> {
        Arc::clone(
            &self
                .catalogue
                .read()
                .unwrap_or_else(PoisonError::into_inner),
        )
    }

    /// Now.
    pub fn now(&self) -> Moment {
        self.ports.clock.now()
    }
}

/// Behind all editions of the catalogue: each is in force from when it was applied, so that the newest is,
/// also where the clock was set back since.
const EVER: Moment = Moment::from_unix_ms(i64::MAX);

/// The catalogue in force; the default, put into force now, where there is none.
fn current_catalogue(records: &mut Records<'_>, now: Moment) -> Result<Catalogue, ServiceError> {
    match records.catalogue_before(EVER)? {
        Some(edition) => Ok(Catalogue::read(&edition.text)?),
        None => {
            let catalogue = Catalogue::read(DEFAULT_TEXT)?;
            records.add_catalogue(&catalogue.version, DEFAULT_TEXT, now)?;
            Ok(catalogue)
        }
    }
}

/// An account, or that there is none.
pub(crate) fn account_of(
    records: &mut Records<'_>,
    id: AccountId,
) -> Result<Account, ServiceError> {
    let account = records.account(id)?;
    account.ok_or_else(|| ServiceError::not_found("account", id))
}

/// An activity of an account; another account's is not there.
pub(crate) fn activity_of(
    records: &mut Records<'_>,
    account: AccountId,
    id: ActivityId,
) -> Result<Activity, ServiceError> {
    account_of(records, account)?;
    let activity = records
        .activity(id)?
        .filter(|activity| activity.account == account);
    activity.ok_or_else(|| ServiceError::not_found("activity", id))
}

/// Whether a text can be a name.
pub(crate) fn check_name(what: &'static str, name: &str, most: usize) -> Result<(), ServiceError> {
    let length = name.chars().count();
    if name.trim().is_empty() || length > most {
        return Err(ServiceError::BadName { what, length, most });
    }
    if let Some(control) = name.chars().find(|c| c.is_control()) {
        let character = u32::from(control);
        return Err(billing::Refusal::ControlCharacter { character }.into());
    }
    Ok(())
}
