use super::ApiError;
use super::refusal_chinese::chinese;
use billing::Refusal;

impl From<Refusal> for ApiError {
    fn from(refusal: Refusal) -> ApiError {
        match refusal {
            Refusal::AccountSuspended => ApiError::AccountSuspended,
            Refusal::InArrears {
                owed,
                balance,
                short,
            } => ApiError::InArrears {
                owed,
                balance,
                short,
            },
            Refusal::NotEntitled { activity, free } => ApiError::NotEntitled { activity, free },
            Refusal::OverQps {
                qps,
                retry_after_ms,
            } => ApiError::TooManyRequests {
                qps,
                retry_after_ms,
            },
            Refusal::TokenReused => ApiError::ClientTokenReused,
            Refusal::BalanceTooLow {
                needed,
                balance,
                short,
            } => ApiError::BalanceTooLow {
                needed,
                balance,
                short,
            },
            full @ (Refusal::TooManyActivities { .. } | Refusal::QuotaFull { .. }) => {
                ApiError::LimitReached {
                    chinese: chinese(&full),
                    english: full.to_string(),
                }
            }
            other => ApiError::Refused {
                chinese: chinese(&other),
                english: other.to_string(),
            },
        }
    }
}
