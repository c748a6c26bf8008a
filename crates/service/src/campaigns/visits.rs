//! A page as its visitors use it.

use super::page::{content_of, cover_tag, is_payable};
use super::{CampaignContent, CampaignFault};
use crate::materials::{material_of, view};
use crate::pictures::KeptPicture;
use crate::{Service, ServiceError};
use billing::{AccountId, ActivityId, MaterialId};
use data_encoding::{BASE32_NOPAD, HEXLOWER};
use pixel::Format;
use sha2::{Digest as _, Sha256};
use std::sync::PoisonError;
use store::{Consent, Material, Records};

/// How long a consent lets its visitor fuse; after that it is asked again.
const CONSENT_MS: i64 = 24 * 3_600_000;

/// Visitors that may share an address.
const VISITORS_PER_CLIENT: u32 = 20;

/// Consents from one address in an hour.
const CONSENTS_PER_CLIENT: u32 = 600;

/// Random bytes of a receipt: 160 bits.
const RECEIPT_BYTES: usize = 20;

/// Characters of what a visitor calls an attempt.
const LONGEST_ATTEMPT: usize = 64;

/// A page as it is shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    /// Whose activity it is.
    pub account: AccountId,
    /// The activity.
    pub activity: ActivityId,
    /// Its name in addresses.
    pub slug: String,
    /// Whether visitors may see it.
    pub published: bool,
    /// What it says and looks like.
    pub content: CampaignContent,
    /// Tells one cover from the next; `None` without one.
    pub cover: Option<String>,
    /// What can be fused into, in the page's order.
    pub materials: Vec<PageMaterial>,
    /// The cover's object.
    cover_object: String,
}

/// A material on a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PageMaterial {
    /// Its id.
    pub id: MaterialId,
    /// Its name.
    pub name: String,
    /// Columns of its picture.
    pub width: u32,
    /// Rows of its picture.
    pub height: u32,
    /// Tells one picture of it from the next.
    pub picture: String,
}

/// Who visits a page: what its cookie says, and where it comes from.
#[derive(Clone, Copy, Debug)]
pub struct Visitor<'a> {
    /// The random text in its cookie.
    pub cookie: &'a str,
    /// Its address, or the network it is in.
    pub client: &'a str,
}

/// What a fusion is to its visitor's hour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum VisitKind {
    /// It makes something new.
    New,
    /// It asks again for what was charged before, because the answer was lost.
    Repeated,
}

impl Page {
    /// SHA-256 of the text that visitors agree to, in hexadecimal.
    pub fn text_digest(&self) -> String {
        HEXLOWER.encode(&self.digest())
    }

    fn digest(&self) -> [u8; 32] {
        Sha256::digest(self.content.consent_text.as_bytes()).into()
    }

    /// A material on it.
    pub fn material(&self, id: MaterialId) -> Option<&PageMaterial> {
        self.materials.iter().find(|material| material.id == id)
    }
}

impl Service {
    /// The page with a name, published or not; `None` where there is none.
    pub fn page(&self, slug: &str) -> Result<Option<Page>, ServiceError> {
        self.ports.store.read(|records| {
            let Some(campaign) = records.campaign_by_slug(slug)? else {
                return Ok(None);
            };
            let Some(activity) = records.activity(campaign.activity)? else {
                return Ok(None);
            };
            let content = content_of(&campaign)?;
            Ok(Some(Page {
                account: activity.account,
                activity: activity.id,
                materials: shown_materials(records, activity.id, &content)?,
                content,
                cover: cover_tag(&campaign.cover),
                slug: campaign.slug,
                published: campaign.published,
                cover_object: campaign.cover,
            }))
        })
    }

    /// Whether something pays for what is made on a page just now.
    pub fn pays_for(&self, page: &Page) -> Result<bool, ServiceError> {
        let now = self.now();
        let store = &self.ports.store;
        store.read(|records| is_payable(records, page.account, page.activity, now))
    }

    /// The cover of a page; `None` where it has none.
    pub fn page_cover(&self, page: &Page) -> Option<KeptPicture> {
        page.cover.as_ref()?;
        let format = match page.cover_object.ends_with(".png") {
            true => Format::Png,
            false => Format::Jpeg,
        };
        Some(KeptPicture::new(&page.cover_object, Some(format)))
    }

    /// The picture of a material on a page; `None` where it is not on it.
    pub fn page_picture(
        &self,
        page: &Page,
        id: MaterialId,
    ) -> Result<Option<KeptPicture>, ServiceError> {
        if page.material(id).is_none() {
            return Ok(None);
        }
        let store = &self.ports.store;
        let material = store.read(|records| material_of(records, id))?;
        KeptPicture::of(&material).map(Some)
    }

    /// Keeps that a visitor agreed to the text whose digest it was shown; the receipt.
    pub fn consent(
        &self,
        page: &Page,
        text_digest: &str,
        visitor: &Visitor<'_>,
    ) -> Result<String, ServiceError> {
        if text_digest != page.text_digest() {
            return Err(CampaignFault::ConsentOutdated.into());
        }
        self.count_client("consent", visitor.client, CONSENTS_PER_CLIENT)?;
        let hash = self.campaign_key()?.visitor(page.activity, visitor.cookie);
        let mut drawn = [0; RECEIPT_BYTES];
        self.ports.random.fill(&mut drawn)?;
        let consent = Consent {
            id: BASE32_NOPAD.encode(&drawn).to_ascii_lowercase(),
            activity: page.activity,
            at: self.now(),
            text_digest: page.digest(),
            visitor: hash,
        };
        let store = &self.ports.store;
        store.write(|records| Ok::<_, ServiceError>(records.add_consent(&consent)?))?;
        Ok(consent.id)
    }

    /// Whether a visitor may fuse: it agreed to the page's text of now, lately.
    pub fn check_consent(
        &self,
        page: &Page,
        receipt: &str,
        visitor: &Visitor<'_>,
    ) -> Result<(), ServiceError> {
        let found = self.ports.store.read(|records| records.consent(receipt))?;
        let hash = self.campaign_key()?.visitor(page.activity, visitor.cookie);
        let own = found.filter(|consent| {
            let age_ms = self.now().unix_ms() - consent.at.unix_ms();
            consent.activity == page.activity && consent.visitor == hash && age_ms < CONSENT_MS
        });
        let consent = own.ok_or(CampaignFault::NoConsent)?;
        if consent.text_digest != page.digest() {
            return Err(CampaignFault::ConsentOutdated.into());
        }
        Ok(())
    }

    /// The client token of what a visitor calls an attempt: it repeats a call of its own, and nobody else's.
    pub fn attempt_token(
        &self,
        page: &Page,
        visitor: &Visitor<'_>,
        attempt: &str,
    ) -> Result<String, ServiceError> {
        let length = attempt.chars().count();
        if length == 0 || length > LONGEST_ATTEMPT {
            return Err(CampaignFault::TextLength {
                field: "attempt",
                length,
                least: 1,
                most: LONGEST_ATTEMPT,
            }
            .into());
        }
        let key = self.campaign_key()?;
        Ok(key.attempt(page.activity, visitor.cookie, attempt))
    }

    /// Counts a fusion of a visitor, or says that it had enough this hour. What is asked for again costs nothing but
    /// work, and does not take the place of what is new: it has an hour's number of its own.
    pub fn count_visit(
        &self,
        page: &Page,
        visitor: &Visitor<'_>,
        kind: VisitKind,
    ) -> Result<(), ServiceError> {
        let most = page.content.hourly_limit;
        let name = name_of(page, kind);
        self.count_client(&name, visitor.client, most * VISITORS_PER_CLIENT)?;
        let quota = &self.visits.by_visitor;
        let mut quota = quota.lock().unwrap_or_else(PoisonError::into_inner);
        let now_ns = self.ports.clock.monotonic_ns();
        let taken = quota.take(&format!("{name} {}", visitor.cookie), most, now_ns);
        drop(quota);
        taken.map_err(|retry_after_s| {
            self.uncount_client(&name, visitor.client);
            CampaignFault::TooManyVisits { retry_after_s }.into()
        })
    }

    /// Takes a counted fusion back that nobody paid for.
    pub fn uncount_visit(&self, page: &Page, visitor: &Visitor<'_>, kind: VisitKind) {
        let name = name_of(page, kind);
        self.uncount_client(&name, visitor.client);
        let quota = &self.visits.by_visitor;
        let mut quota = quota.lock().unwrap_or_else(PoisonError::into_inner);
        quota.give_back(&format!("{name} {}", visitor.cookie));
    }

    /// What lets whoever made a result on a page delete it, from the result's key.
    pub fn deletion_token(&self, page: &Page, key: &str) -> Result<String, ServiceError> {
        Ok(self.campaign_key()?.token(page.activity, key))
    }

    /// Deletes a result that was made on a page; `false` for a token that is not of it.
    pub fn delete_fusion(&self, page: &Page, token: &str) -> Result<bool, ServiceError> {
        match self.campaign_key()?.key_of(page.activity, token) {
            Some(key) => self.delete_result(key).map(|()| true),
            None => Ok(false),
        }
    }

    fn count_client(&self, what: &str, client: &str, most: u32) -> Result<(), ServiceError> {
        let quota = &self.visits.by_client;
        let mut quota = quota.lock().unwrap_or_else(PoisonError::into_inner);
        let now_ns = self.ports.clock.monotonic_ns();
        let taken = quota.take(&format!("{what} {client}"), most, now_ns);
        Ok(taken.map_err(|retry_after_s| CampaignFault::TooManyVisits { retry_after_s })?)
    }

    fn uncount_client(&self, what: &str, client: &str) {
        let quota = &self.visits.by_client;
        let mut quota = quota.lock().unwrap_or_else(PoisonError::into_inner);
        quota.give_back(&format!("{what} {client}"));
    }
}

/// By which fusions of a page are counted.
fn name_of(page: &Page, kind: VisitKind) -> String {
    match kind {
        VisitKind::New => page.activity.to_string(),
        VisitKind::Repeated => format!("{} again", page.activity),
    }
}

/// The materials that a page shows: the chosen ones that can be used, in their order, or all that can.
pub(super) fn shown_materials(
    records: &mut Records<'_>,
    activity: ActivityId,
    content: &CampaignContent,
) -> Result<Vec<PageMaterial>, ServiceError> {
    let all = records.materials(activity)?;
    let usable = |material: &&Material| material.status.is_usable();
    let shown: Vec<&Material> = match &content.materials {
        None => all.iter().filter(usable).collect(),
        Some(chosen) => {
            let of = |id: &MaterialId| all.iter().find(|material| material.id == *id);
            chosen.iter().filter_map(of).filter(usable).collect()
        }
    };
    let shown = shown.into_iter();
    shown
        .map(|material| page_material(material.clone()))
        .collect()
}

fn page_material(material: Material) -> Result<PageMaterial, ServiceError> {
    let view = view(material)?;
    Ok(PageMaterial {
        id: view.id,
        name: view.name,
        width: view.review.width,
        height: view.review.height,
        picture: view.picture,
    })
}
