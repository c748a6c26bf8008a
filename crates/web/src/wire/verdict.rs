use billing::{ChargedTo, GrantKind};
use store::Charged;

/// The headers by which every answer says what its request cost: whether it was charged, to what, and how
/// many calls are left there. `charged` is `None` for a request that nobody paid for; one that repeats a
/// charged call costs nothing.
pub fn verdict_headers(charged: Option<&Charged>) -> Vec<(&'static str, String)> {
    let paid = charged.filter(|charged| !charged.repeated);
    let counted = paid.is_some_and(|charged| charged.charged_to != ChargedTo::Nobody);
    let mut headers = vec![
        ("X-Mien-Charged", u8::from(counted).to_string()),
        ("X-Mien-Charged-To", payer_name(charged).to_owned()),
    ];
    if let Some(left) = paid.and_then(|charged| charged.left) {
        headers.push(("X-Mien-Remaining", left.to_string()));
    }
    headers
}

/// What a request was charged to.
pub(crate) fn payer_name(charged: Option<&Charged>) -> &'static str {
    let paid = charged.filter(|charged| !charged.repeated);
    match paid.map(|charged| (charged.charged_to, charged.kind)) {
        Some((ChargedTo::Postpaid, _)) => "postpaid",
        Some((ChargedTo::Grant(_), Some(GrantKind::Free))) => "free",
        Some((ChargedTo::Grant(_), Some(GrantKind::Licence))) => "licence",
        Some((ChargedTo::Grant(_), Some(GrantKind::Pack))) => "pack",
        Some((ChargedTo::Grant(_), None) | (ChargedTo::Nobody, _)) | None => "none",
    }
}
