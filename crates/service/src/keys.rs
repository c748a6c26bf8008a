//! API keys: the secret is shown once, and kept so that a signature can be verified but a copy of the
//! database tells nothing.

use crate::accounts::data_key_context;
use crate::api_key::{SecretId, SecretKey};
use crate::error::ServiceError;
use crate::service::{Service, account_of, check_name};
use crate::vault::{DataKey, WrappedKey};
use billing::{AccountId, Moment};
use serde::Serialize;
use store::{Account, ApiKey, KeyState};

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
        self.ports.store.write(|records| {
            account_of(records, account)?;
            let key = records.key(secret_id)?;
            let own = key.filter(|key| key.account == account && key.state != KeyState::Deleted);
            if own.is_none() {
                return Err(ServiceError::not_found("API key", secret_id));
            }
            Ok(records.set_key_state(secret_id, state)?)
        })
    }

    /// Whose a key is, and its secret, to verify a signature with; `None` where it may not be used.
    pub fn secret_of(
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

fn key_view(key: ApiKey) -> KeyView {
    KeyView {
        secret_id: key.secret_id,
        label: key.label,
        state: key.state,
        created: key.created,
    }
}
