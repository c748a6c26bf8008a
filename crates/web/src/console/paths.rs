//! What stands in the paths of an account's operations.

#![expect(
    dead_code,
    reason = "the account is taken by the extractors, and stands here for the document"
)]

use super::Problem;
use serde::{Deserialize, Deserializer};
use std::str::FromStr;
use utoipa::IntoParams;

macro_rules! paths {
    ($($(#[$doc:meta])* $name:ident { $($(#[$field_doc:meta])* $field:ident,)* })*) => {$(
        $(#[$doc])*
        #[derive(Clone, Debug, Deserialize, IntoParams)]
        #[into_params(parameter_in = Path)]
        pub(crate) struct $name {
            $($(#[$field_doc])* pub(crate) $field: String,)*
        }
    )*};
}

paths! {
    /// An account.
    InAccount {
        /// The account.
        #[param(example = "100001")]
        account,
    }

    /// An activity of an account.
    OfActivity {
        /// The account.
        #[param(example = "100001")]
        account,
        /// The activity.
        #[param(example = "300100")]
        activity,
    }

    /// A material of an account.
    OfMaterial {
        /// The account.
        #[param(example = "100001")]
        account,
        /// The material.
        #[param(example = "qc_300100_154001_1")]
        material,
    }

    /// An API key of an account.
    OfKey {
        /// The account.
        #[param(example = "100001")]
        account,
        /// The public half of the key.
        #[param(example = "AKIDz8krbsJ5yKBZQpn74WFkmLPx3gnPhESA")]
        secret_id,
    }

    /// A webhook of an account.
    OfWebhook {
        /// The account.
        #[param(example = "100001")]
        account,
        /// The webhook.
        #[param(example = "1")]
        webhook,
    }

    /// A delivery to a webhook of an account.
    OfDelivery {
        /// The account.
        #[param(example = "100001")]
        account,
        /// The delivery.
        #[param(example = "1")]
        delivery,
    }

    /// A user.
    OfUser {
        /// The user.
        #[param(example = "1")]
        user,
    }

    /// A material of any account.
    OfReview {
        /// The material.
        #[param(example = "qc_300100_154001_1")]
        material,
    }

    /// An edition of the catalogue.
    OfEdition {
        /// Counts up from 1.
        #[param(example = "2")]
        edition,
    }

    /// A month of an account.
    OfMonth {
        /// The account.
        #[param(example = "100001")]
        account,
        /// The month.
        #[param(example = "2026-11")]
        month,
    }
}

/// Tells `null` from nothing.
pub(crate) fn given<'de, D: Deserializer<'de>, T: Deserialize<'de>>(
    deserializer: D,
) -> Result<Option<Option<T>>, D::Error> {
    Option::deserialize(deserializer).map(Some)
}

/// An id as it stands in a path. A text that is none names nothing.
pub(crate) fn id<T: FromStr>(what: &str, text: &str) -> Result<T, Problem> {
    text.parse().map_err(|_| Problem::not_found(what, text))
}
