//! Bars as inline SVG, drawn in whole units.

use super::write::grouped;
use crate::Day;

const WIDTH: u64 = 720;
const LEFT: u64 = 56;
const TOP: u64 = 8;
const HEIGHT: u64 = 104;
const LABELS: u64 = 18;

/// Calls of every day of a month, in order.
pub(super) fn days(days: &[(Day, u64)]) -> String {
    let most = days.iter().map(|&(_, calls)| calls).max().unwrap_or(0);
    let top = round_up(most);
    let (bottom, total_height) = (TOP + HEIGHT, TOP + HEIGHT + LABELS);
    let mut svg = format!(r#"<svg class="days" viewBox="0 0 {WIDTH} {total_height}" role="img">"#);
    for quarter in [0, 2, 4] {
        let y = bottom - HEIGHT * quarter / 4;
        let class = if quarter == 0 { "base" } else { "grid" };
        svg += &format!(r#"<line class="{class}" x1="{LEFT}" x2="{WIDTH}" y1="{y}" y2="{y}"/>"#);
        // Half of an odd top would not be a whole number.
        if quarter != 2 || top.is_multiple_of(2) {
            let (x, y, number) = (
                LEFT - 8,
                y + 3,
                short(top / 4 * quarter + top % 4 * quarter / 4),
            );
            svg += &format!(r#"<text class="y" x="{x}" y="{y}">{number}</text>"#);
        }
    }
    let count = days.len().max(1) as u64;
    for (index, &(day, calls)) in (0..).zip(days) {
        let slot = |index: u64| LEFT + 4 + (WIDTH - LEFT - 4) * index / count;
        let (x, width) = (slot(index), (slot(index + 1) - slot(index)).max(4) - 3);
        let height = scale(calls, top, HEIGHT);
        if height > 0 {
            let y = bottom - height;
            svg += &format!(
                r#"<rect x="{x}" y="{y}" width="{width}" height="{height}" rx="1.5"><title>{day}: {}</title></rect>"#,
                grouped(calls)
            );
        }
        if index == 0 || (index + 1).is_multiple_of(5) {
            let (x, y) = (x + width / 2, total_height - 4);
            svg += &format!(r#"<text class="x" x="{x}" y="{y}">{}</text>"#, index + 1);
        }
    }
    svg + "</svg>"
}

/// A bar of `part` in `whole`.
pub(super) fn share(part: u64, whole: u64) -> String {
    let width = scale(part, whole, 100);
    format!(
        r#"<svg class="share" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true"><rect class="track" width="100" height="8"/><rect width="{width}" height="8"/></svg>"#
    )
}

/// A bar of what was used before and in the month, of all.
pub(super) fn progress(used_before: u64, used_in_month: u64, whole: u64) -> String {
    const LONG: u64 = 1000;
    let before = scale(used_before, whole, LONG);
    let now = scale(used_in_month, whole, LONG).min(LONG - before);
    format!(
        r#"<svg class="progress" viewBox="0 0 {LONG} 10" preserveAspectRatio="none" aria-hidden="true"><rect class="track" width="{LONG}" height="10"/><rect class="before" width="{before}" height="10"/><rect x="{before}" width="{now}" height="10"/></svg>"#
    )
}

/// `part` of `whole` in units of a length, at least one where there is any.
fn scale(part: u64, whole: u64, length: u64) -> u64 {
    if part == 0 || whole == 0 {
        return 0;
    }
    let units = u128::from(part) * u128::from(length) / u128::from(whole);
    u64::try_from(units).unwrap_or(length).clamp(1, length)
}

/// The least of 1, 2, 4, 5, 8 times a power of ten that is not below.
fn round_up(most: u64) -> u64 {
    let mut power = 1_u64;
    loop {
        for step in [1, 2, 4, 5, 8] {
            let top = power.saturating_mul(step);
            if top >= most {
                return top;
            }
        }
        power = power.saturating_mul(10);
    }
}

/// A number short enough for an axis: `20k`, `4M`.
fn short(number: u64) -> String {
    match number {
        1_000_000.. if number.is_multiple_of(100_000) => tenths(number / 100_000, "M"),
        1_000.. if number.is_multiple_of(100) => tenths(number / 100, "k"),
        _ => grouped(number),
    }
}

fn tenths(number: u64, unit: &str) -> String {
    match number % 10 {
        0 => format!("{}{unit}", grouped(number / 10)),
        tenth => format!("{}.{tenth}{unit}", grouped(number / 10)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bars_keep_to_their_scale() {
        for (part, whole, units) in [
            (0, 9, 0),
            (1, 1_000_000, 1),
            (5, 10, 50),
            (10, 10, 100),
            (11, 10, 100),
            (1, 0, 0),
            (u64::MAX, u64::MAX, 100),
            (u64::MAX, 1, 100),
        ] {
            assert_eq!(scale(part, whole, 100), units, "{part} of {whole}");
        }
    }

    #[test]
    fn axes_end_at_round_numbers() {
        for (most, top) in [
            (0, 1),
            (1, 1),
            (3, 4),
            (6, 8),
            (9, 10),
            (11, 20),
            (4_321, 5_000),
            (u64::MAX, u64::MAX),
        ] {
            assert_eq!(round_up(most), top);
        }
        for (number, text) in [
            (0, "0"),
            (999, "999"),
            (1_250, "1,250"),
            (2_500, "2.5k"),
            (20_000, "20k"),
            (4_000_000, "4M"),
        ] {
            assert_eq!(short(number), text);
        }
    }
}
