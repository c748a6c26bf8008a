//! What visitors hold that nobody else can make: hashes under a key of mien's own.

use crate::{Service, ServiceError};
use billing::ActivityId;
use data_encoding::BASE32_NOPAD;
use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::Sha256;
use std::fmt;
use std::sync::PoisonError;

/// Where the key lies among the settings, and what it is sealed for.
const SETTING: &str = "campaign-key";

/// Bytes of a code that lets a result be deleted, or names an attempt: 160 bits.
const CODE_BYTES: usize = 20;

#[derive(Clone, Copy)]
pub(super) struct CampaignKey([u8; 32]);

impl fmt::Debug for CampaignKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("CampaignKey")
    }
}

impl CampaignKey {
    /// Tells visitors of a page apart, and nothing else: another page knows the same one by another hash.
    pub(super) fn visitor(&self, activity: ActivityId, cookie: &str) -> [u8; 32] {
        let code = self.code(&format!("visitor/{activity}/{cookie}"));
        code.finalize().into_bytes().into()
    }

    /// The client token of what a visitor calls `attempt`: every visitor of every page has its own.
    pub(super) fn attempt(&self, activity: ActivityId, cookie: &str, attempt: &str) -> String {
        let code = self.code(&format!("attempt/{activity}/{cookie}/{attempt}"));
        let code = code.finalize().into_bytes();
        BASE32_NOPAD
            .encode(&code[..CODE_BYTES])
            .to_ascii_lowercase()
    }

    /// What lets a result be deleted: its key, and a code that only we can make.
    pub(super) fn token(&self, activity: ActivityId, key: &str) -> String {
        let code = self.code(&deletion(activity, key)).finalize().into_bytes();
        let code = BASE32_NOPAD
            .encode(&code[..CODE_BYTES])
            .to_ascii_lowercase();
        format!("{key}.{code}")
    }

    /// The key of the result that a token lets be deleted; `None` for a token that is not ours.
    pub(super) fn key_of<'a>(&self, activity: ActivityId, token: &'a str) -> Option<&'a str> {
        let (key, code) = token.split_once('.')?;
        let code = BASE32_NOPAD
            .decode(code.to_ascii_uppercase().as_bytes())
            .ok()?;
        let expected = self.code(&deletion(activity, key));
        let is_ours = code.len() == CODE_BYTES && expected.verify_truncated_left(&code).is_ok();
        is_ours.then_some(key)
    }

    fn code(&self, text: &str) -> Hmac<Sha256> {
        let mut block = [0; 64];
        block[..32].copy_from_slice(&self.0);
        Hmac::<Sha256>::new(&block.into()).chain_update(text.as_bytes())
    }
}

fn deletion(activity: ActivityId, key: &str) -> String {
    format!("delete/{activity}/{key}")
}

impl Service {
    /// The key of the hashes, drawn when first needed.
    pub(super) fn campaign_key(&self) -> Result<CampaignKey, ServiceError> {
        let mut known = self
            .visits
            .key
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        if let Some(key) = *known {
            return Ok(key);
        }
        let random = self.ports.random.as_ref();
        let key = self.ports.store.write(|records| {
            let data_key = self.own_data_key(records)?;
            if let Some(sealed) = records.setting(SETTING)? {
                let opened = data_key.open(&sealed, SETTING.as_bytes())?;
                let key = opened.as_slice().try_into();
                return key.map_err(|_| {
                    ServiceError::Secret("the key for campaign pages has a wrong length".to_owned())
                });
            }
            let mut key = [0; 32];
            random.fill(&mut key)?;
            let sealed = data_key.seal(&key, SETTING.as_bytes(), random)?;
            records.keep_setting(SETTING, &sealed)?;
            Ok(key)
        })?;
        Ok(*known.insert(CampaignKey(key)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_are_of_one_page_and_one_result() {
        let key = CampaignKey([7; 32]);
        let [page, other] = [300_100, 300_101].map(ActivityId::new);
        let token = key.token(page, "j1");
        assert_eq!(key.key_of(page, &token), Some("j1"));
        assert_eq!(key.key_of(other, &token), None);
        assert_eq!(CampaignKey([8; 32]).key_of(page, &token), None);
        let code = token.strip_prefix("j1.").unwrap();
        for forged in [
            format!("j2.{code}"),
            "j1".to_owned(),
            "j1.".to_owned(),
            code.to_owned(),
        ] {
            assert_eq!(key.key_of(page, &forged), None, "{forged}");
        }
    }

    #[test]
    fn a_visitor_is_another_one_on_another_page() {
        let key = CampaignKey([7; 32]);
        let [page, other] = [300_100, 300_101].map(ActivityId::new);
        assert_eq!(key.visitor(page, "a"), key.visitor(page, "a"));
        assert_ne!(key.visitor(page, "a"), key.visitor(page, "b"));
        assert_ne!(key.visitor(page, "a"), key.visitor(other, "a"));
    }

    #[test]
    fn an_attempt_is_of_one_visitor_on_one_page() {
        let key = CampaignKey([7; 32]);
        let [page, other] = [300_100, 300_101].map(ActivityId::new);
        let own = key.attempt(page, "a", "1");
        assert_eq!(key.attempt(page, "a", "1"), own);
        for another in [
            key.attempt(page, "b", "1"),
            key.attempt(page, "a", "2"),
            key.attempt(other, "a", "1"),
            CampaignKey([8; 32]).attempt(page, "a", "1"),
        ] {
            assert_ne!(another, own);
        }
    }
}
