//! What orders bring, in plain words.

use crate::table::Table;
use crate::words::{count, end, many};
use billing::{Line, LineKind};
use service::Service;

/// A table for [`described`] lines.
pub(crate) fn order_table() -> Table {
    Table::new(&["what", "activity", "brings", "yuan#"])
}

/// A line of an order: what, for which activity, what it brings, what it costs.
pub(crate) fn described(line: &Line, service: &Service) -> [String; 4] {
    let calendar = service.calendar();
    let (what, activity, brings) = match &line.kind {
        LineKind::Licence {
            activity,
            package,
            qps,
            calls,
            period,
        } => (
            format!("licence {package}"),
            activity.to_string(),
            format!(
                "{}, {qps} QPS until {}; materials change until {}",
                many(*calls, "call"),
                end(period.ends, calendar),
                end(period.window_ends, calendar)
            ),
        ),
        LineKind::Qps { activity, request } => (
            "QPS upgrade".to_owned(),
            activity.to_string(),
            format!(
                "{} QPS more from {} to {}",
                count(request.extra.into()),
                request.first_day,
                request.last_day
            ),
        ),
        LineKind::Pack { pack, calls, ends } => (
            format!("pack {pack}"),
            "all licensed".to_owned(),
            format!("{} until {}", many(*calls, "call"), end(*ends, calendar)),
        ),
    };
    [what, activity, brings, line.amount.to_string()]
}
