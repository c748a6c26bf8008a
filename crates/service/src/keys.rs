//! API keys: the secret is shown once, and kept so that a signature can be verified but a copy of the
//! database tells nothing.

use crate::accounts::data_key_context;
use crate::api_key::{SecretId, SecretKey};
use crate::error::ServiceError;
use crate::service::{Service, account_of, activity_of, check_name};
use crate::vault::{DataKey, WrappedKey};
use billing::{AccountId, ActivityId, Moment};
use serde::Serialize;
use store::{Account, ApiKey, KeyState, Records};

/// Characters in the label of a key.
const LONGEST_LABEL: usize = 40;

/// A key just created; the only time its secret is told.
#[derive(Debug)]
pub struct NewKey {
    /// The public half.
    pub secret_id: SecretId,
    /// The secret half.
    pub secret_key: SecretKey,
}

/// A key as its owner sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct KeyView {
    /// The public half.
    pub secret_id: String,
    /// What it is for.
    pub label: String,
    /// Whether it may be used.
    pub state: KeyState,
    /// When it was created.
    pub created: Moment,
    /// The activity that pays for calls that name none; without one such calls are refused.
    pub pays: Option<ActivityId>,
}

/// What is to change about a key; `None` leaves it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct KeyChange {
    /// Whether it may be used. A deleted key does not come back.
    pub state: Option<KeyState>,
    /// What it is for.
    pub label: Option<String>,
    /// The activity of the same account that pays for calls that name none; `Some(None)` is none.
    pub pays: Option<Option<ActivityId>>,
}

/// What a key's secret is sealed for.
fn secret_context(secret_id: &str) -> Vec<u8> {
    format!("api-key:{secret_id}").into_bytes()
}

impl Service {
    /// Creates an API key.
    pub fn create_key(&self, account: AccountId, label: &str) -> Result<NewKey, ServiceError> {
        if !label.is_empty() {
            check_name("label", label, LONGEST_LABEL)?;
        }
        let now = self.now();
        let random = self.ports.random.as_ref();
        self.ports.store.write(|records| {
            let owner = account_of(records, account)?;
            let (secret_id, secret_key) = (SecretId::draw(random)?, SecretKey::draw(random)?);
            let sealed = self.data_key(&owner)?.seal(
                secret_key.expose().as_bytes(),
                &secret_context(secret_id.as_str()),
                random,
            )?;
            records.add_key(&ApiKey {
                secret_id: secret_id.as_str().to_owned(),
                account,
                sealed,
                label: label.to_owned(),
                state: KeyState::Enabled,
                created: now,
                pays: None,
            })?;
            Ok(NewKey {
                secret_id,
                secret_key,
            })
        })
    }

    /// An account's keys, without deleted ones.
    pub fn keys(&self, account: AccountId) -> Result<Vec<KeyView>, ServiceError> {
        self.ports.store.read(|records| {
            account_of(records, account)?;
            let keys = records.keys(account)?;
            Ok(keys.into_iter().map(key_view).collect())
        })
    }

    /// Enables, disables or deletes a key. A deleted key does not come back.
    pub fn set_key_state(
        &self,
        account: AccountId,
        secret_id: &str,
        state: KeyState,
    ) -> Result<(), ServiceError> {
        let state = Some(state);
        let change = KeyChange {
            state,
            ..KeyChange::default()
        };
        self.change_key(account, secret_id, &change).map(drop)
    }

    /// Changes a key; returns it as it is then.
    pub fn change_key(
        &self,
        account: AccountId,
        secret_id: &str,
        change: &KeyChange,
    ) -> Result<KeyView, ServiceError> {
        if let Some(label) = change.label.as_ref().filter(|label| !label.is_empty()) {
            check_name("label", label, LONGEST_LABEL)?;
        }
        let changed = self.ports.store.write(|records| {
            let mut key = own_key(records, account, secret_id)?;
            if let Some(Some(activity)) = change.pays {
                activity_of(records, account, activity)?;
            }
            key.label = change.label.clone().unwrap_or(key.label);
            key.pays = change.pays.unwrap_or(key.pays);
            records.describe_key(secret_id, &key.label, key.pays)?;
            if let Some(state) = change.state {
                records.set_key_state(secret_id, state)?;
                key.state = state;
            }
            Ok(key_view(key))
        });
        self.key_ring.forget(secret_id);
        changed
    }

    /// The activity that pays for calls made with a key that name none. One that was deleted since pays
    /// for nothing.
    pub fn key_pays(&self, secret_id: &str) -> Result<Option<ActivityId>, ServiceError> {
        self.ports.store.read(|records| {
            let Some(pays) = records.key(secret_id)?.and_then(|key| key.pays) else {
                return Ok(None);
            };
            Ok(records.activity(pays)?.map(|activity| activity.id))
        })
    }

    /// As [`Service::secret_of`], but only from memory: `None` also where the books have to be asked.
    pub fn known_secret_of(&self, secret_id: &str) -> Option<(AccountId, SecretKey)> {
        self.key_ring.find(secret_id)
    }

    /// Whose a key is, and its secret, to verify a signature with; `None` where it may not be used.
    pub fn secret_of(
        &self,
        secret_id: &str,
    ) -> Result<Option<(AccountId, SecretKey)>, ServiceError> {
        if let Some(known) = self.key_ring.find(secret_id) {
            return Ok(Some(known));
        }
        let changes = self.key_ring.changes();
        let read = self.read_secret_of(secret_id)?;
        if let Some(key) = &read {
            self.key_ring.keep(changes, secret_id, key);
        }
        Ok(read)
    }

    fn read_secret_of(
        &self,
        secret_id: &str,
    ) -> Result<Option<(AccountId, SecretKey)>, ServiceError> {
        let found = self.ports.store.read(|records| {
            let Some(key) = records.key(secret_id)? else {
                return Ok(None);
            };
            let owner = account_of(records, key.account)?;
            Ok::<_, ServiceError>(Some((owner, key)))
        })?;
        let Some((owner, key)) = found.filter(|(_, key)| key.state == KeyState::Enabled) else {
            return Ok(None);
        };
        let plain = self
            .data_key(&owner)?
            .open(&key.sealed, &secret_context(secret_id))?;
        let text = std::str::from_utf8(&plain)
            .map_err(|_| ServiceError::Secret("a secret key is no text".to_owned()))?;
        Ok(Some((key.account, SecretKey::parse(text)?)))
    }

    /// The key that seals an account's secrets.
    pub(crate) fn data_key(&self, account: &Account) -> Result<DataKey, ServiceError> {
        let wrapped = WrappedKey::from_bytes(&account.data_key)?;
        let context = data_key_context(account.id);
        Ok(self.ports.vault.unwrap(&wrapped, &context)?)
    }
}

/// A key of an account that was not deleted; another account's is not there.
fn own_key(
    records: &mut Records<'_>,
    account: AccountId,
    secret_id: &str,
) -> Result<ApiKey, ServiceError> {
    account_of(records, account)?;
    let key = records.key(secret_id)?;
    key.filter(|key| key.account == account && key.state != KeyState::Deleted)
        .ok_or_else(|| ServiceError::not_found("API key", secret_id))
}

fn key_view(key: ApiKey) -> KeyView {
    KeyView {
        secret_id: key.secret_id,
        label: key.label,
        state: key.state,
        created: key.created,
        pays: key.pays,
    }
}
