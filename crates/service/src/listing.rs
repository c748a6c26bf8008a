//! How often an account may list materials through the API.

use crate::error::ServiceError;
use crate::service::Service;
use billing::{AccountId, Pace, Refusal};
use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

/// The pace of each account that listed since the start.
#[derive(Debug, Default)]
pub(crate) struct ListingPaces(Mutex<HashMap<AccountId, Pace>>);

impl Service {
    /// Takes an account's turn to list materials, or says that there were too many this second.
    pub fn take_listing_turn(&self, account: AccountId) -> Result<(), ServiceError> {
        let qps = self.settings.listings_per_second;
        let paces = &self.listing_paces.0;
        let mut paces = paces.lock().unwrap_or_else(PoisonError::into_inner);
        let pace = paces.entry(account).or_default();
        // Read under the lock, so that times come in their order.
        let soon = pace.admit(qps, self.ports.clock.monotonic_ns());
        soon.map_err(|soon| {
            let retry_after_ms = soon.retry_after_ns.div_ceil(1_000_000);
            Refusal::OverQps {
                qps,
                retry_after_ms,
            }
            .into()
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scene::Scene;

    #[test]
    fn each_account_has_a_pace_of_its_own() {
        let scene = Scene::new(None);
        let [one, other] = [1, 2].map(AccountId::new);
        scene.service.take_listing_turn(one).unwrap();
        let soon = scene.service.take_listing_turn(one).unwrap_err();
        assert!(
            matches!(soon, ServiceError::Refused(Refusal::OverQps { qps: 1, .. })),
            "{soon}"
        );
        scene.service.take_listing_turn(other).unwrap();
        scene.pass(1000);
        scene.service.take_listing_turn(one).unwrap();
    }
}
