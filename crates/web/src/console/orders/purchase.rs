use billing::{ActivityId, Day};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What is bought.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[serde(tag = "buy", rename_all = "snake_case", deny_unknown_fields)]
pub(crate) enum Purchase {
    /// The licence of an activity: its first, or with `renew` the next.
    #[schema(title = "LicencePurchase")]
    Licence {
        /// The activity; its quota decides which package it is.
        #[schema(value_type = String, example = "300100")]
        activity: ActivityId,
        /// Whether a running licence is renewed.
        #[serde(default)]
        renew: bool,
        /// Calls a second to be bought with it.
        #[serde(default)]
        qps: Vec<QpsRequest>,
    },
    /// More calls a second for chosen days.
    #[schema(title = "QpsPurchase")]
    Qps {
        /// The activity.
        #[schema(value_type = String, example = "300100")]
        activity: ActivityId,
        /// How many, and when.
        request: QpsRequest,
    },
    /// A pack of calls, shared by the licensed activities of the account.
    #[schema(title = "PackPurchase")]
    Pack {
        /// Its id in the catalogue.
        #[schema(example = "pack-100k")]
        pack: String,
    },
}

/// More calls a second for days in a row.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct QpsRequest {
    /// The first day.
    #[schema(value_type = String, format = Date, example = "2026-11-24")]
    first_day: Day,
    /// The last day, included.
    #[schema(value_type = String, format = Date, example = "2026-11-26")]
    last_day: Day,
    /// How many more, in steps of the catalogue.
    #[schema(example = 20)]
    extra: u32,
}

impl From<billing::UpgradeRequest> for QpsRequest {
    fn from(request: billing::UpgradeRequest) -> QpsRequest {
        QpsRequest {
            first_day: request.first_day,
            last_day: request.last_day,
            extra: request.extra,
        }
    }
}

impl From<QpsRequest> for billing::UpgradeRequest {
    fn from(request: QpsRequest) -> billing::UpgradeRequest {
        billing::UpgradeRequest {
            first_day: request.first_day,
            last_day: request.last_day,
            extra: request.extra,
        }
    }
}

impl From<billing::Purchase> for Purchase {
    fn from(purchase: billing::Purchase) -> Purchase {
        match purchase {
            billing::Purchase::Licence {
                activity,
                renew,
                qps,
            } => Purchase::Licence {
                activity,
                renew,
                qps: qps.into_iter().map(QpsRequest::from).collect(),
            },
            billing::Purchase::Qps { activity, request } => Purchase::Qps {
                activity,
                request: request.into(),
            },
            billing::Purchase::Pack { pack } => Purchase::Pack { pack },
        }
    }
}

impl From<Purchase> for billing::Purchase {
    fn from(purchase: Purchase) -> billing::Purchase {
        match purchase {
            Purchase::Licence {
                activity,
                renew,
                qps,
            } => billing::Purchase::Licence {
                activity,
                renew,
                qps: qps.into_iter().map(Into::into).collect(),
            },
            Purchase::Qps { activity, request } => billing::Purchase::Qps {
                activity,
                request: request.into(),
            },
            Purchase::Pack { pack } => billing::Purchase::Pack { pack },
        }
    }
}
