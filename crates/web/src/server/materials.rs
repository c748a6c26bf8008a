//! `DescribeMaterialList`, and the pictures that its addresses lead to.

use super::Shared;
use super::results::{self, Found};
use crate::codes::ApiError;
use crate::dispatch::Operation;
use crate::wire::{Answer, DescribeMaterialList, MaterialInfos};
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::Response;
use billing::{AccountId, MaterialId, Moment};
use data_encoding::HEXLOWER;
use hmac::{Hmac, KeyInit as _, Mac as _};
use service::random::{OsRandom, Random as _, RandomError};
use service::{KeptResult, Service, ServiceError};
use sha2::Sha256;
use std::sync::Arc;

/// How long the address of a material's picture leads there.
const LIFETIME_MS: i64 = 24 * 3_600_000;

/// Bytes of an address's code.
const CODE_BYTES: usize = 20;

/// Makes addresses of materials' pictures that nobody else can make. They end with the process.
pub(super) struct Addresses([u8; 64]);

impl Addresses {
    pub(super) fn draw() -> Result<Addresses, RandomError> {
        let mut key = [0; 64];
        OsRandom.fill(&mut key)?;
        Ok(Addresses(key))
    }

    fn path(&self, account: AccountId, material: MaterialId, expires_s: i64) -> String {
        let code = self.code(account, material, expires_s).finalize();
        let code = HEXLOWER.encode(&code.into_bytes()[..CODE_BYTES]);
        format!("/materials/{account}/{material}/{expires_s}/{code}")
    }

    fn is_ours(
        &self,
        account: AccountId,
        material: MaterialId,
        expires_s: i64,
        code: &str,
    ) -> bool {
        let code = HEXLOWER.decode(code.as_bytes()).unwrap_or_default();
        let expected = self.code(account, material, expires_s);
        code.len() == CODE_BYTES && expected.verify_truncated_left(&code).is_ok()
    }

    fn code(&self, account: AccountId, material: MaterialId, expires_s: i64) -> Hmac<Sha256> {
        Hmac::<Sha256>::new(&self.0.into())
            .chain_update(format!("{account}/{material}/{expires_s}").as_bytes())
    }
}

/// The page asked for. `base` is what the addresses of pictures begin with.
pub(super) fn list(
    shared: &Shared,
    operation: Operation,
    account: AccountId,
    request: &DescribeMaterialList,
    base: &str,
) -> Result<Answer, ApiError> {
    let service = &shared.service;
    let all = service.materials(account, request.activity)?;
    let (rows, count) = request.select(&all)?;
    let expires_s = (service.now().unix_ms() + LIFETIME_MS) / 1000;
    let url_of = |id| format!("{base}{}", shared.addresses.path(account, id, expires_s));
    let calendar = service.calendar();
    let material_infos = MaterialInfos::new(operation.version(), &rows, calendar, url_of);
    Ok(Answer::Materials {
        material_infos,
        count,
    })
}

/// The picture at an address that was made here.
pub(super) async fn picture(
    State(shared): State<Arc<Shared>>,
    Path((account, material, expires, code)): Path<(String, String, String, String)>,
    headers: HeaderMap,
) -> Response {
    let finder = Arc::clone(&shared);
    let find = move || {
        let (Ok(account), Ok(material), Ok(expires_s)) =
            (account.parse(), material.parse(), expires.parse())
        else {
            return Ok(None);
        };
        let is_ours = finder
            .addresses
            .is_ours(account, material, expires_s, &code);
        match is_ours {
            true => find(&finder.service, account, material, expires_s),
            false => Ok(None),
        }
    };
    results::respond(&shared, &headers, find).await
}

fn find(
    service: &Service,
    account: AccountId,
    material: MaterialId,
    expires_s: i64,
) -> Result<Found, ServiceError> {
    let expires = Moment::from_unix_ms(expires_s.saturating_mul(1000));
    if service.now() >= expires {
        return Ok(None);
    }
    let format = match service.material(account, material) {
        Ok(view) => view.review.format,
        Err(ServiceError::NotFound { .. }) => None,
        Err(error) => return Err(error),
    };
    let Some(format) = format else {
        return Ok(None);
    };
    Ok(Some(KeptResult {
        bytes: service.material_picture(account, material)?,
        format,
        expires,
    }))
}
