//! Names on the wire that several subjects share. Each is an enum of the domain with a schema.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

macro_rules! names {
    ($($(#[$doc:meta])* $name:ident = $domain:path { $($(#[$variant_doc:meta])* $variant:ident,)* })*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
        #[serde(rename_all = "snake_case")]
        pub(crate) enum $name {
            $($(#[$variant_doc])* $variant,)*
        }

        impl From<$domain> for $name {
            fn from(domain: $domain) -> $name {
                match domain {
                    $(<$domain>::$variant => $name::$variant,)*
                }
            }
        }

        impl From<$name> for $domain {
            fn from(name: $name) -> $domain {
                match name {
                    $($name::$variant => <$domain>::$variant,)*
                }
            }
        }
    )*};
}

names! {
    /// Whether an account may be used.
    AccountState = store::AccountState {
        /// It may.
        Active,
        /// The operator stopped it: its calls are refused.
        Suspended,
    }

    /// Whether a user may sign in.
    UserState = store::UserState {
        /// It may.
        Active,
        /// Not now.
        Disabled,
    }

    /// Whether an API key may be used.
    KeyState = store::KeyState {
        /// It may.
        Enabled,
        /// Not now.
        Disabled,
        /// Never again; deleted keys are not listed.
        Deleted,
    }

    /// How faces are fused.
    AlgorithmVersion = billing::AlgorithmVersion {
        /// The user's features in the template's light and skin: looks like part of the picture.
        Natural,
        /// Keeps more of the user: looks more like the user.
        Likeness,
    }

    /// Where a material is in its review.
    MaterialStatus = billing::MaterialStatus {
        /// A person is to look at it. Not usable.
        InReview,
        /// A person let it pass. Usable.
        PassedByPerson,
        /// A person refused it.
        RejectedByPerson,
        /// The customer appealed; the operator is to decide. Not usable until then.
        Appealed,
        /// The appeal was won. Usable.
        AppealWon,
        /// The appeal was lost.
        AppealLost,
        /// The machine let it pass. Usable.
        PassedByMachine,
        /// The machine refused it; it can be appealed.
        RejectedByMachine,
    }

    /// What a right to calls comes from.
    GrantKind = billing::GrantKind {
        /// The free calls of an activity.
        Free,
        /// The pack in a licence; pays for its activity only.
        Licence,
        /// A bought pack; shared by the licensed activities of the account.
        Pack,
    }

    /// How a call ended.
    Outcome = billing::Outcome {
        /// In a picture.
        Fused,
        /// The photo cannot be decoded.
        Undecodable,
        /// The photo is too large or too small.
        BadSize,
        /// The photo's address gave no picture.
        NotFetched,
        /// No face was found.
        NoFace,
        /// The face is too small.
        FaceTooSmall,
        /// The face is cut by the border.
        FaceCut,
        /// The face cannot be fused.
        Unfusable,
        /// The service failed; never charged.
        ServiceFailed,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_those_of_the_domain() {
        for outcome in billing::Outcome::ALL {
            let name = serde_json::to_value(Outcome::from(outcome)).unwrap();
            assert_eq!(name, outcome.name());
        }
        for status in billing::MaterialStatus::ALL {
            let name = serde_json::to_value(MaterialStatus::from(status)).unwrap();
            assert_eq!(name, serde_json::to_value(status).unwrap());
            assert_eq!(
                billing::MaterialStatus::from(MaterialStatus::from(status)),
                status
            );
        }
        for version in billing::AlgorithmVersion::ALL {
            let name = serde_json::to_value(AlgorithmVersion::from(version)).unwrap();
            assert_eq!(name, version.name());
        }
    }
}
