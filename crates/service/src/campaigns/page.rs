//! A page as its owners write and publish it.

use super::content::check_slug;
use super::visits::shown_materials;
use super::{CampaignContent, CampaignFault};
use crate::service::activity_of;
use crate::version::{Expected, version};
use crate::{Service, ServiceError};
use billing::{AccountId, ActivityId, GrantKind, Moment};
use data_encoding::HEXLOWER;
use engine::Reason;
use pixel::{DecodeOptions, Format, Limits, decode};
use store::objects::ObjectKey;
use store::{Campaign, Consent, Records, StoreError};

/// What is refused of a cover.
const COVER_LIMITS: Limits = Limits {
    max_bytes: 5 << 20,
    max_side: 4096,
    max_pixels: 4096 * 4096,
    max_working_bytes: 256 << 20,
};

/// A page as its owners see it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CampaignView {
    /// Whose page.
    pub activity: ActivityId,
    /// Its name in addresses.
    pub slug: String,
    /// Whether visitors see it.
    pub published: bool,
    /// What it says and looks like.
    pub content: CampaignContent,
    /// Tells one cover from the next; `None` without one.
    pub cover: Option<String>,
    /// When it last changed.
    pub updated: Moment,
    /// Another one once its address, its content or its cover are others.
    pub version: String,
    /// Whether something can pay for its fusions now.
    pub payable: bool,
    /// How many materials visitors can choose from.
    pub shown: usize,
    /// How often visitors agreed.
    pub consents: u64,
}

/// That a visitor agreed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConsentView {
    /// The receipt.
    pub receipt: String,
    /// When.
    pub at: Moment,
    /// SHA-256 of the text that was agreed to, in hexadecimal.
    pub text_digest: String,
    /// Tells visitors of the page apart.
    pub visitor: String,
}

impl From<Consent> for ConsentView {
    fn from(consent: Consent) -> ConsentView {
        ConsentView {
            receipt: consent.id,
            at: consent.at,
            text_digest: HEXLOWER.encode(&consent.text_digest),
            // Enough to tell apart, and no more.
            visitor: HEXLOWER.encode(&consent.visitor[..8]),
        }
    }
}

impl Service {
    /// The page of an activity, if it has one.
    pub fn campaign(
        &self,
        account: AccountId,
        activity: ActivityId,
    ) -> Result<Option<CampaignView>, ServiceError> {
        let now = self.now();
        self.ports.store.read(|records| {
            activity_of(records, account, activity)?;
            let campaign = records.campaign(activity)?;
            let view = |campaign| view(records, account, campaign, now);
            campaign.map(view).transpose()
        })
    }

    /// Writes the page of an activity, if it is still as `expected`; one that is new is not published.
    pub fn write_campaign(
        &self,
        account: AccountId,
        activity: ActivityId,
        slug: &str,
        content: &CampaignContent,
        expected: &Expected,
    ) -> Result<CampaignView, ServiceError> {
        check_slug(slug)?;
        content.check()?;
        let chosen = content.materials.iter().flatten();
        if let Some(&material) = chosen.into_iter().find(|id| id.activity != activity) {
            return Err(CampaignFault::NotOfActivity { material }.into());
        }
        let body = serde_json::to_string(content).map_err(unreadable)?;
        let now = self.now();
        self.ports.store.write(|records| {
            activity_of(records, account, activity)?;
            check_free(records, activity, slug)?;
            let before = records.campaign(activity)?;
            let present = before.as_ref().map(version_of);
            expected.check("campaign page", present.as_deref())?;
            let campaign = Campaign {
                activity,
                slug: slug.to_owned(),
                published: before.as_ref().is_some_and(|before| before.published),
                body: body.clone(),
                cover: before.map(|before| before.cover).unwrap_or_default(),
                updated: now,
            };
            records.set_campaign(&campaign)?;
            view(records, account, campaign, now)
        })
    }

    /// Whether the page of an activity may have this address: refuses one that is no address or another page's.
    pub fn check_campaign_slug(
        &self,
        account: AccountId,
        activity: ActivityId,
        slug: &str,
    ) -> Result<(), ServiceError> {
        self.ports.store.read(|records| {
            activity_of(records, account, activity)?;
            check_free(records, activity, slug)
        })
    }

    /// Shows a page to visitors, or hides it.
    pub fn publish_campaign(
        &self,
        account: AccountId,
        activity: ActivityId,
        published: bool,
    ) -> Result<CampaignView, ServiceError> {
        let now = self.now();
        self.ports.store.write(|records| {
            let mut campaign = campaign_of(records, account, activity)?;
            if published && !campaign.published {
                let view = view(records, account, campaign.clone(), now)?;
                if !view.payable {
                    return Err(CampaignFault::NothingPays.into());
                }
                if view.shown == 0 {
                    return Err(CampaignFault::NothingToShow.into());
                }
            }
            (campaign.published, campaign.updated) = (published, now);
            records.set_campaign(&campaign)?;
            view(records, account, campaign, now)
        })
    }

    /// Gives a page another cover, or none.
    pub fn set_campaign_cover(
        &self,
        account: AccountId,
        activity: ActivityId,
        picture: Option<&[u8]>,
    ) -> Result<CampaignView, ServiceError> {
        self.ports
            .store
            .read(|records| campaign_of(records, account, activity))?;
        let cover = match picture {
            Some(bytes) => self.keep_cover(activity, bytes)?,
            None => String::new(),
        };
        let now = self.now();
        let changed = self.ports.store.write(|records| {
            let mut campaign = campaign_of(records, account, activity)?;
            let before = std::mem::replace(&mut campaign.cover, cover.clone());
            campaign.updated = now;
            records.set_campaign(&campaign)?;
            Ok::<_, ServiceError>((before, view(records, account, campaign, now)?))
        });
        match changed {
            Ok((before, view)) => {
                self.drop_object(&before);
                Ok(view)
            }
            Err(error) => {
                self.drop_object(&cover);
                Err(error)
            }
        }
    }

    /// What visitors of a page agreed to, the newest first: those behind the receipt `after`.
    pub fn campaign_consents(
        &self,
        account: AccountId,
        activity: ActivityId,
        after: Option<&str>,
        most: u64,
    ) -> Result<(Vec<ConsentView>, u64), ServiceError> {
        self.ports.store.read(|records| {
            activity_of(records, account, activity)?;
            let after = match after {
                None => None,
                Some(id) => {
                    let known = records.consent(id)?;
                    let known = known.filter(|consent| consent.activity == activity);
                    Some(known.ok_or_else(|| ServiceError::not_found("consent", id))?)
                }
            };
            let consents = records.consents(activity, after.as_ref(), most)?;
            let consents = consents.into_iter().map(ConsentView::from).collect();
            Ok((consents, records.consent_count(activity)?))
        })
    }

    fn keep_cover(&self, activity: ActivityId, bytes: &[u8]) -> Result<String, ServiceError> {
        let options = DecodeOptions {
            limits: COVER_LIMITS,
            least_long_side: None,
        };
        let decoded = decode(bytes, &options);
        let decoded = decoded.map_err(|error| CampaignFault::BadCover {
            reason: error.to_string(),
            reason_zh: Reason::from(error).text_zh(),
        })?;
        let ending = match decoded.format {
            Format::Png => "png",
            Format::Jpeg => "jpg",
        };
        let mut drawn = [0; 16];
        self.ports.random.fill(&mut drawn)?;
        let name = HEXLOWER.encode(&drawn);
        let key = ObjectKey::parse(&format!("covers/{activity}/{name}.{ending}"));
        let key = key.map_err(unreadable)?;
        self.ports.objects.put(&key, bytes)?;
        Ok(key.as_str().to_owned())
    }
}

/// Refuses an address that is none, or that another activity's page has.
fn check_free(
    records: &mut Records<'_>,
    activity: ActivityId,
    slug: &str,
) -> Result<(), ServiceError> {
    check_slug(slug)?;
    let holder = records.campaign_by_slug(slug)?;
    if holder.is_some_and(|holder| holder.activity != activity) {
        let slug = slug.to_owned();
        return Err(CampaignFault::SlugTaken { slug }.into());
    }
    Ok(())
}

/// The page of an activity of an account, or that there is none.
fn campaign_of(
    records: &mut Records<'_>,
    account: AccountId,
    activity: ActivityId,
) -> Result<Campaign, ServiceError> {
    activity_of(records, account, activity)?;
    let campaign = records.campaign(activity)?;
    campaign.ok_or_else(|| ServiceError::not_found("campaign page of activity", activity))
}

/// The version of what is written on a page.
fn version_of(campaign: &Campaign) -> String {
    version(&[&campaign.slug, &campaign.body, &campaign.cover])
}

/// What a page says, as it was kept.
pub(super) fn content_of(campaign: &Campaign) -> Result<CampaignContent, ServiceError> {
    Ok(serde_json::from_str(&campaign.body).map_err(unreadable)?)
}

/// What tells one cover from the next, from the name of its object.
pub(super) fn cover_tag(object: &str) -> Option<String> {
    let name = object.rsplit('/').next().unwrap_or_default();
    let name = name.split('.').next().unwrap_or_default();
    (!name.is_empty()).then(|| name.chars().take(16).collect())
}

fn view(
    records: &mut Records<'_>,
    account: AccountId,
    campaign: Campaign,
    now: Moment,
) -> Result<CampaignView, ServiceError> {
    let content = content_of(&campaign)?;
    Ok(CampaignView {
        payable: is_payable(records, account, campaign.activity, now)?,
        shown: shown_materials(records, campaign.activity, &content)?.len(),
        consents: records.consent_count(campaign.activity)?,
        cover: cover_tag(&campaign.cover),
        version: version_of(&campaign),
        activity: campaign.activity,
        slug: campaign.slug,
        published: campaign.published,
        content,
        updated: campaign.updated,
    })
}

/// Whether an activity is licensed or has free calls left.
pub(super) fn is_payable(
    records: &mut Records<'_>,
    account: AccountId,
    activity: ActivityId,
    now: Moment,
) -> Result<bool, ServiceError> {
    if records.is_licensed(activity, now)? {
        return Ok(true);
    }
    let grants = records.grants(account)?;
    let is_free = |grant: &billing::Grant| {
        grant.kind == GrantKind::Free
            && grant.activity == Some(activity)
            && grant.used < grant.total
    };
    Ok(grants.iter().any(is_free))
}

fn unreadable(error: impl std::fmt::Display) -> StoreError {
    StoreError::Unreadable(error.to_string())
}
