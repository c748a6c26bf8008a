//! What the account was told.

use super::money::Page;
use super::names::{GrantKind, MaterialStatus};
use super::paths::id;
use super::{Body, InAccount, Problem, Problems, Reader, Trail, work};
use crate::server::Shared;
use axum::Json;
use axum::extract::{Query, State};
use billing::{ActivityId, Calendar, GrantId, MaterialId, Moment, Money, Month};
use serde::{Deserialize, Serialize};
use service::NoticeView;
use std::sync::Arc;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// Something that the account was told.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Notice {
    /// Its id; counts up.
    #[schema(example = "12")]
    id: String,
    /// When.
    #[schema(value_type = String, format = DateTime, example = "2026-11-24T03:00:00Z")]
    at: Moment,
    /// Whether the user who asks has seen it.
    seen: bool,
    /// In a few words, in Chinese.
    #[schema(example = "资源包已使用 80%")]
    title_zh: String,
    /// In a few words, in English.
    #[schema(example = "80 % of a pack is used")]
    title_en: String,
    /// In a sentence, in Chinese.
    text_zh: String,
    /// In a sentence, in English.
    text_en: String,
    /// What it is about, as webhooks get it.
    about: NoticeBody,
}

/// What a notice is about.
#[derive(Debug, Serialize, ToSchema)]
#[serde(tag = "notice", rename_all = "snake_case")]
pub(crate) enum NoticeBody {
    /// A part of a grant's calls is used.
    #[schema(title = "PackUsed")]
    PackUsed {
        /// The grant.
        #[schema(value_type = String, example = "1")]
        grant: GrantId,
        /// What it comes from.
        kind: GrantKind,
        /// The only activity it pays for; `null` for a shared pack.
        #[schema(value_type = Option<String>, required = true, example = "300100")]
        activity: Option<ActivityId>,
        /// The threshold reached.
        #[schema(example = 80)]
        percent: u8,
        /// Calls used when it was noticed.
        #[schema(example = 8000)]
        used: u64,
        /// Calls in all.
        #[schema(example = 10000)]
        total: u64,
    },
    /// A licence comes to its end, renewals included.
    #[schema(title = "LicenceEnds")]
    LicenceEnds {
        /// The activity.
        #[schema(value_type = String, example = "300100")]
        activity: ActivityId,
        /// The first moment after it.
        #[schema(value_type = String, format = DateTime, example = "2027-11-23T16:00:00Z")]
        ends: Moment,
        /// Not more than so many days are left, today included.
        #[schema(example = 30)]
        days_left: u32,
    },
    /// A grant comes to its end with calls left.
    #[schema(title = "PackEnds")]
    PackEnds {
        /// The grant.
        #[schema(value_type = String, example = "1")]
        grant: GrantId,
        /// What it comes from.
        kind: GrantKind,
        /// The only activity it pays for; `null` for a shared pack.
        #[schema(value_type = Option<String>, required = true, example = "300100")]
        activity: Option<ActivityId>,
        /// Calls left when it was noticed.
        #[schema(example = 2000)]
        left: u64,
        /// The first moment after it.
        #[schema(value_type = String, format = DateTime, example = "2027-11-23T16:00:00Z")]
        ends: Moment,
        /// Not more than so many days are left, today included.
        #[schema(example = 30)]
        days_left: u32,
    },
    /// The materials of an activity will be frozen.
    #[schema(title = "WindowEnds")]
    WindowEnds {
        /// The activity.
        #[schema(value_type = String, example = "300100")]
        activity: ActivityId,
        /// The first moment in which they are.
        #[schema(value_type = String, format = DateTime, example = "2026-12-23T16:00:00Z")]
        ends: Moment,
        /// Not more than so many days are left, today included.
        #[schema(example = 7)]
        days_left: u32,
    },
    /// A bill could not be paid: calls are refused.
    #[schema(title = "InArrearsNotice")]
    InArrears {
        /// The month of the bill.
        #[schema(value_type = String, example = "2026-11")]
        month: Month,
        /// Sum of the unpaid bills, in yuan.
        #[schema(value_type = String, example = "25000.01")]
        owed: Money,
        /// What the account holds, in yuan.
        #[schema(value_type = String, example = "25000.00")]
        balance: Money,
        /// What is missing, in yuan.
        #[schema(value_type = String, example = "0.01")]
        short: Money,
    },
    /// Every bill is paid: calls are served again.
    #[schema(title = "ServiceRestored")]
    ServiceRestored {
        /// The month of the last bill that was unpaid.
        #[schema(value_type = String, example = "2026-11")]
        month: Month,
        /// What was paid, in yuan.
        #[schema(value_type = String, example = "25000.01")]
        paid: Money,
    },
    /// The review of a material came to a decision.
    #[schema(title = "MaterialDecided")]
    MaterialDecided {
        /// The material.
        #[schema(value_type = String, example = "qc_300100_154001_1")]
        material: MaterialId,
        /// Its state then.
        status: MaterialStatus,
        /// Why, in plain words; may be empty.
        reason: String,
        /// The same in English where the machine decided.
        #[serde(skip_serializing_if = "Option::is_none")]
        reason_en: Option<String>,
        /// When it was decided.
        #[schema(value_type = String, format = DateTime, example = "2026-11-24T03:00:00Z")]
        at: Moment,
    },
    /// The bill of a month was drawn.
    #[schema(title = "BillDrawn")]
    BillDrawn {
        /// The month.
        #[schema(value_type = String, example = "2026-11")]
        month: Month,
        /// Postpaid calls.
        #[schema(example = 1_000_001)]
        calls: u64,
        /// What they cost, in yuan.
        #[schema(value_type = String, example = "12000.01")]
        amount: Money,
        /// Whether the balance paid it.
        paid: bool,
    },
}

impl Notice {
    /// A notice for a user who has seen those up to `seen`.
    pub(super) fn new(view: NoticeView, seen: u64, calendar: &Calendar) -> Notice {
        let notice = view.notice;
        Notice {
            id: view.id.to_string(),
            at: view.at,
            seen: view.id <= seen,
            title_zh: notice.title_zh(calendar),
            title_en: notice.title_en(calendar),
            text_zh: notice.text_zh(calendar),
            text_en: notice.text_en(calendar),
            about: notice.into(),
        }
    }
}

impl From<billing::notice::Notice> for NoticeBody {
    fn from(notice: billing::notice::Notice) -> NoticeBody {
        use billing::notice::Notice;
        match notice {
            Notice::PackUsed {
                grant,
                kind,
                activity,
                percent,
                used,
                total,
            } => NoticeBody::PackUsed {
                grant,
                kind: kind.into(),
                activity,
                percent,
                used,
                total,
            },
            Notice::LicenceEnds {
                activity,
                ends,
                days_left,
            } => NoticeBody::LicenceEnds {
                activity,
                ends,
                days_left,
            },
            Notice::PackEnds {
                grant,
                kind,
                activity,
                left,
                ends,
                days_left,
            } => NoticeBody::PackEnds {
                grant,
                kind: kind.into(),
                activity,
                left,
                ends,
                days_left,
            },
            Notice::WindowEnds {
                activity,
                ends,
                days_left,
            } => NoticeBody::WindowEnds {
                activity,
                ends,
                days_left,
            },
            Notice::InArrears {
                month,
                owed,
                balance,
                short,
            } => NoticeBody::InArrears {
                month,
                owed,
                balance,
                short,
            },
            Notice::ServiceRestored { month, paid } => NoticeBody::ServiceRestored { month, paid },
            Notice::MaterialDecided {
                material,
                status,
                reason,
                reason_en,
                at,
            } => NoticeBody::MaterialDecided {
                material,
                status: status.into(),
                reason,
                reason_en: Some(reason_en).filter(|text| !text.is_empty()),
                at,
            },
            Notice::BillDrawn {
                month,
                calls,
                amount,
                paid,
            } => NoticeBody::BillDrawn {
                month,
                calls,
                amount,
                paid,
            },
        }
    }
}

/// A page of notices.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Notices {
    /// The newest first.
    notices: Vec<Notice>,
    /// Notices that the user has not seen, on this page or not.
    #[schema(example = 3)]
    unread: u64,
    /// Give it as `after` for the next page; `null` where there is none.
    #[schema(required = true, example = "12")]
    next: Option<String>,
}

/// How far a user has read.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Seen {
    /// The newest notice that was seen; it and all before it are.
    #[schema(example = "12")]
    notice: String,
}

/// How many notices are left to read.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Unread {
    /// Notices that the user has not seen.
    #[schema(example = 0)]
    unread: u64,
}

/// Notices
#[utoipa::path(
    get,
    path = "/accounts/{account}/notices",
    tag = "notices",
    params(InAccount, Page),
    responses((status = 200, description = "A page, the newest first.", body = Notices), Problems)
)]
async fn get_notices(
    State(shared): State<Arc<Shared>>,
    reader: Reader,
    Query(page): Query<Page>,
) -> Result<Json<Notices>, Problem> {
    let (account, user) = (reader.account, reader.user.id);
    let notices = work(&shared, move |service| {
        let mut found = service.notices_before(account, page.after, page.look_up())?;
        let next = page.cut(&mut found, |view| view.id);
        let reading = service.reading(account, user)?;
        let notice = |view| Notice::new(view, reading.seen, service.calendar());
        Ok::<_, Problem>(Notices {
            notices: found.into_iter().map(notice).collect(),
            unread: reading.unread,
            next,
        })
    });
    Ok(Json(notices.await?))
}

/// Say how far notices were read
///
/// For the user who asks; a viewer may do it too. An older notice than one that was seen changes nothing.
#[utoipa::path(
    put,
    path = "/accounts/{account}/notices/seen",
    tag = "notices",
    params(InAccount),
    request_body = Seen,
    responses((status = 200, description = "What is left to read.", body = Unread), Problems)
)]
async fn see_notices(
    State(shared): State<Arc<Shared>>,
    reader: Reader,
    trail: Trail,
    Body(seen): Body<Seen>,
) -> Result<Json<Unread>, Problem> {
    // It says something of the user, and changes nothing of the account.
    trail.changes_nothing();
    let (account, user) = (reader.account, reader.user.id);
    let notice = id("notice", &seen.notice)?;
    let reading = work(&shared, move |service| {
        service.see_notices(account, user, notice)
    });
    let unread = reading.await?.unread;
    Ok(Json(Unread { unread }))
}

pub(super) fn operations() -> OpenApiRouter<Arc<Shared>> {
    OpenApiRouter::new()
        .routes(routes!(get_notices))
        .routes(routes!(see_notices))
}
