//! `DescribeMaterialList`.

use crate::codes::ApiError;
use crate::dispatch::Operation;
use crate::wire::{Answer, DescribeMaterialList, MaterialInfos};
use billing::AccountId;
use service::Service;

/// The page asked for. Pictures of materials have no address yet: `Url` is empty.
pub(super) fn list(
    service: &Service,
    operation: Operation,
    account: AccountId,
    request: &DescribeMaterialList,
) -> Result<Answer, ApiError> {
    let all = service.materials(account, request.activity)?;
    let (rows, count) = request.select(&all)?;
    let calendar = service.calendar();
    let version = operation.version();
    Ok(Answer::Materials {
        material_infos: MaterialInfos::new(version, &rows, calendar, |_| String::new()),
        count,
    })
}
