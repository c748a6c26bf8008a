//! Something to try the server out with. Made once; the next time it is found again.

use crate::failure::Failure;
use billing::{AccountId, ActivityId, AlgorithmVersion, MaterialId, Money, Purchase};
use service::{Actor, KeyChange, Login, NewActivity, Role, Service};
use std::fs;
use std::path::{Path, PathBuf};
use store::KeyState;

/// Rendered portraits of people who do not exist.
const TEMPLATE: &[u8] = include_bytes!(concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/../../fixtures/portraits/T1.jpg"
));
const SELFIE: &[u8] = include_bytes!(concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/../../fixtures/portraits/U1.jpg"
));

/// By this name account, key, activity, material and order are found again.
const NAME: &str = "mien demo";

/// More than a licence costs.
const TOP_UP: Money = Money::from_fen(1_000_000);

/// What calls of the demo account need.
pub(crate) struct Demo {
    pub(crate) secret_id: String,
    pub(crate) secret_key: String,
    pub(crate) activity: ActivityId,
    pub(crate) material: MaterialId,
    /// A selfie to send.
    pub(crate) face: PathBuf,
    /// With which to sign in to the console.
    pub(crate) logins: Vec<Login>,
}

impl Demo {
    pub(crate) fn make(service: &Service, folder: &Path) -> Result<Demo, Failure> {
        let account = account(service)?;
        service.top_up(account, TOP_UP, NAME, "play money")?;
        let (secret_id, secret_key) = key(service, account)?;
        let activity = activity(service, account)?;
        let pays = KeyChange {
            pays: Some(Some(activity)),
            ..KeyChange::default()
        };
        service.change_key(account, &secret_id, &pays)?;
        let licence = Purchase::Licence {
            activity,
            renew: false,
            qps: Vec::new(),
        };
        service.order(account, &licence, NAME, None)?;
        Ok(Demo {
            secret_id,
            secret_key,
            activity,
            material: material(service, account, activity)?,
            face: face(folder)?,
            logins: logins(service, account)?,
        })
    }
}

fn account(service: &Service) -> Result<AccountId, Failure> {
    let accounts = service.accounts()?;
    match accounts.iter().find(|account| account.name == NAME) {
        Some(account) => Ok(account.id),
        None => Ok(service.create_account(NAME)?.id),
    }
}

fn key(service: &Service, account: AccountId) -> Result<(String, String), Failure> {
    let keys = service.keys(account)?;
    let is_ours = |key: &&service::KeyView| key.label == NAME && key.state == KeyState::Enabled;
    if let Some(key) = keys.iter().find(is_ours)
        && let Some((_, secret)) = service.secret_of(&key.secret_id)?
    {
        return Ok((key.secret_id.clone(), secret.expose().to_owned()));
    }
    let new = service.create_key(account, NAME)?;
    Ok((
        new.secret_id.as_str().to_owned(),
        new.secret_key.expose().to_owned(),
    ))
}

fn activity(service: &Service, account: AccountId) -> Result<ActivityId, Failure> {
    let activities = service.activities(account)?;
    if let Some(activity) = activities.iter().find(|activity| activity.name == NAME) {
        return Ok(activity.id);
    }
    let new = NewActivity {
        name: NAME.to_owned(),
        details: String::new(),
        algorithm: AlgorithmVersion::Natural,
        quota: None,
    };
    Ok(service.create_activity(account, &new)?.id)
}

fn material(
    service: &Service,
    account: AccountId,
    activity: ActivityId,
) -> Result<MaterialId, Failure> {
    let materials = service.materials(account, activity)?;
    let found = materials.iter().find(|material| material.name == NAME);
    match found {
        Some(material) => Ok(material.id),
        None => Ok(service.add_material(account, activity, NAME, TEMPLATE)?.id),
    }
}

/// An operator, and an owner of the account.
fn logins(service: &Service, account: AccountId) -> Result<Vec<Login>, Failure> {
    let operator = service.demo_login("operator", true)?;
    let owner = service.demo_login("owner", false)?;
    let members = service.members(account)?;
    match members
        .iter()
        .find(|member| member.user.login == owner.login)
    {
        None => {
            let (login, role) = (&owner.login, Role::Owner);
            service.add_member(Actor::CommandLine, account, login, "", role)?;
        }
        Some(member) if member.role != Role::Owner => {
            service.set_role(Actor::CommandLine, account, member.user.id, Role::Owner)?;
        }
        Some(_) => (),
    }
    Ok(vec![operator, owner])
}

fn face(folder: &Path) -> Result<PathBuf, Failure> {
    let path = folder.join("demo-face.jpg");
    fs::write(&path, SELFIE).map_err(|error| Failure::write(&path, error))?;
    Ok(fs::canonicalize(&path).unwrap_or(path))
}
