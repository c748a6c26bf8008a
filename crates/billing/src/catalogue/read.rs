//! From the text of a catalogue file to a valid [`Catalogue`].

use super::fault::{CatalogueError, Faults};
use super::{Catalogue, Free, LicencePackage, Name, NoticeTerms, Pack, QpsTerms, Tier};
use crate::{Money, UnitPrice};
use serde::Deserialize;
use std::collections::HashSet;
use std::hash::Hash;
use std::ops::Range;
use toml::Spanned;

/// Limits that keep every later computation within 64 bits.
const MOST_CALLS: u64 = 1_000_000_000_000;
const MOST_QPS: u32 = 1_000_000;
const MOST_DAYS: u32 = 3660;
const MOST_PRICE: Money = Money::from_fen(100_000_000_000);
const LONGEST_TEXT: usize = 40;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    version: Spanned<String>,
    #[serde(default)]
    contact: String,
    free: FreeTable,
    #[serde(rename = "licence", default)]
    licences: Vec<LicenceTable>,
    qps_upgrade: QpsTable,
    #[serde(rename = "pack", default)]
    packs: Vec<PackTable>,
    #[serde(rename = "postpaid", default)]
    postpaid: Vec<Spanned<TierTable>>,
    notices: NoticeTable,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FreeTable {
    calls: Spanned<u64>,
    qps: Spanned<u32>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct LicenceTable {
    id: Spanned<String>,
    name: Spanned<Name>,
    calls: Spanned<u64>,
    qps: Spanned<u32>,
    materials: Spanned<u64>,
    update_days: Spanned<u32>,
    valid_days: Spanned<u32>,
    price: Spanned<Money>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct QpsTable {
    step: Spanned<u32>,
    price: Spanned<Money>,
    ceiling: Spanned<u32>,
    window_days: Spanned<u32>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PackTable {
    id: Spanned<String>,
    calls: Spanned<u64>,
    valid_days: Spanned<u32>,
    price: Spanned<Money>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TierTable {
    from: Option<u64>,
    over: Option<u64>,
    up_to: Option<u64>,
    below: Option<u64>,
    unit_price: Spanned<UnitPrice>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NoticeTable {
    pack_used_percent: Spanned<Vec<u8>>,
    days_before_end: Spanned<Vec<u32>>,
}

pub(super) fn read(text: &str) -> Result<Catalogue, CatalogueError> {
    let mut faults = Faults::of(text);
    let file: File = match toml::from_str(text) {
        Ok(file) => file,
        Err(error) => {
            let problem = error.message();
            let problem_zh = format!("文件格式有误（{problem}）");
            match error.span() {
                Some(span) => faults.add(span, problem, problem_zh),
                None => faults.add_general(problem, problem_zh),
            }
            return Err(faults
                .finish()
                .err()
                .unwrap_or(CatalogueError { faults: Vec::new() }));
        }
    };
    check_short_text(&file.version, "version", &mut faults);
    check_range(&file.free.calls, "calls", 0..=MOST_CALLS, &mut faults);
    check_licences(&file, &mut faults);
    check_qps(&file, &mut faults);
    check_packs(&file.packs, &mut faults);
    check_notices(&file.notices, &mut faults);
    let postpaid = tiers(&file.postpaid, &mut faults);
    faults.finish()?;
    Ok(catalogue(file, postpaid))
}

fn catalogue(file: File, postpaid: Vec<Tier>) -> Catalogue {
    let mut licences: Vec<_> = file.licences.into_iter().map(licence).collect();
    licences.sort_by_key(|package| package.materials);
    let mut packs: Vec<_> = file.packs.into_iter().map(pack).collect();
    packs.sort_by_key(|pack| pack.calls);
    Catalogue {
        version: file.version.into_inner(),
        contact: file.contact,
        free: Free {
            calls: file.free.calls.into_inner(),
            qps: file.free.qps.into_inner(),
        },
        licences,
        qps_upgrade: QpsTerms {
            step: file.qps_upgrade.step.into_inner(),
            price: file.qps_upgrade.price.into_inner(),
            ceiling: file.qps_upgrade.ceiling.into_inner(),
            window_days: file.qps_upgrade.window_days.into_inner(),
        },
        packs,
        postpaid,
        notices: NoticeTerms {
            pack_used_percent: file.notices.pack_used_percent.into_inner(),
            days_before_end: file.notices.days_before_end.into_inner(),
        },
    }
}

fn licence(table: LicenceTable) -> LicencePackage {
    LicencePackage {
        id: table.id.into_inner(),
        name: table.name.into_inner(),
        calls: table.calls.into_inner(),
        qps: table.qps.into_inner(),
        materials: table.materials.into_inner(),
        update_days: table.update_days.into_inner(),
        valid_days: table.valid_days.into_inner(),
        price: table.price.into_inner(),
    }
}

fn pack(table: PackTable) -> Pack {
    Pack {
        id: table.id.into_inner(),
        calls: table.calls.into_inner(),
        valid_days: table.valid_days.into_inner(),
        price: table.price.into_inner(),
    }
}

fn check_licences(file: &File, faults: &mut Faults<'_>) {
    if file.licences.is_empty() {
        faults.add_general(
            "there is no [[licence]]; without one no activity could be licensed",
            "缺少 [[licence]]：没有套餐，活动便无法获得授权",
        );
    }
    let (mut ids, mut quotas) = (HashSet::new(), HashSet::new());
    for table in &file.licences {
        check_id(&table.id, &mut ids, faults);
        if table.name.get_ref().zh.is_empty() || table.name.get_ref().en.is_empty() {
            faults.add(
                table.name.span(),
                "a name needs both zh and en",
                "名称须同时填写 zh 与 en",
            );
        }
        check_range(&table.calls, "calls", 1..=MOST_CALLS, faults);
        check_range(&table.qps, "qps", 1..=MOST_QPS, faults);
        check_range(&table.materials, "materials", 1..=1_000_000, faults);
        check_range(&table.valid_days, "valid_days", 1..=MOST_DAYS, faults);
        let days = *table.valid_days.get_ref();
        check_range(&table.update_days, "update_days", 0..=days, faults);
        check_price(&table.price, faults);
        if !quotas.insert(*table.materials.get_ref()) {
            let quota = table.materials.get_ref();
            let problem = format!(
                "another licence has a quota of {quota} too; the quota decides the package, so each stands once"
            );
            let problem_zh = format!(
                "另一个套餐的素材额度也是 {quota}；套餐由素材额度决定，每个额度只能出现一次"
            );
            faults.add(table.materials.span(), problem, problem_zh);
        }
    }
}

fn check_qps(file: &File, faults: &mut Faults<'_>) {
    let terms = &file.qps_upgrade;
    check_range(&terms.step, "step", 1..=MOST_QPS, faults);
    check_range(&terms.ceiling, "ceiling", 1..=MOST_QPS, faults);
    check_range(&terms.window_days, "window_days", 1..=366, faults);
    check_price(&terms.price, faults);
    let ceiling = *terms.ceiling.get_ref();
    check_range(&file.free.qps, "qps", 1..=ceiling.max(1), faults);
    for table in &file.licences {
        if *table.qps.get_ref() > ceiling {
            let problem = format!("qps is above the ceiling of {ceiling} in [qps_upgrade]");
            let problem_zh = format!("qps 超过 [qps_upgrade] 中的上限 {ceiling}");
            faults.add(table.qps.span(), problem, problem_zh);
        }
    }
}

fn check_packs(packs: &[PackTable], faults: &mut Faults<'_>) {
    let mut ids = HashSet::new();
    for table in packs {
        check_id(&table.id, &mut ids, faults);
        check_range(&table.calls, "calls", 1..=MOST_CALLS, faults);
        check_range(&table.valid_days, "valid_days", 1..=MOST_DAYS, faults);
        check_price(&table.price, faults);
    }
}

fn check_notices(notices: &NoticeTable, faults: &mut Faults<'_>) {
    let percents = notices.pack_used_percent.get_ref();
    let in_range = percents.iter().all(|percent| (1..=100).contains(percent));
    if !in_range || !percents.is_sorted_by(|a, b| a < b) {
        let problem = "percentages stand in rising order from 1 to 100, each once";
        let problem_zh = "百分比须从小到大排列，取值 1 到 100，不得重复";
        faults.add(notices.pack_used_percent.span(), problem, problem_zh);
    }
    let days = notices.days_before_end.get_ref();
    let in_range = days.iter().all(|day| (1..=MOST_DAYS).contains(day));
    if !in_range || !days.is_sorted_by(|a, b| a > b) {
        let problem = format!("days stand in falling order from {MOST_DAYS} to 1, each once");
        let problem_zh = format!("天数须从大到小排列，取值 {MOST_DAYS} 到 1，不得重复");
        faults.add(notices.days_before_end.span(), problem, problem_zh);
    }
}

/// The tiers as ranges; each must begin where the one before it ends.
fn tiers(tables: &[Spanned<TierTable>], faults: &mut Faults<'_>) -> Vec<Tier> {
    let mut tiers: Vec<Tier> = Vec::new();
    if tables.is_empty() {
        faults.add_general(
            "there is no [[postpaid]]; calls beyond the packs need a price",
            "缺少 [[postpaid]]：资源包之外的调用须有单价",
        );
    }
    for (index, table) in tables.iter().enumerate() {
        let span = table.span();
        let Some(range) = tier_range(table.get_ref(), span.clone(), faults) else {
            continue;
        };
        let (first, last) = range;
        if last.is_some_and(|last| last < first) {
            faults.add(
                span.clone(),
                "the tier ends before it begins",
                "该档的终点小于起点",
            );
        }
        let expected = match tiers.last() {
            None => Some(1),
            Some(before) => before.last.map(|last| last + 1),
        };
        match expected {
            None => faults.add(
                span.clone(),
                "a tier before this one has no end; only the last may have none",
                "前面某一档没有终点；只有最后一档可以没有终点",
            ),
            // A first tier may begin at 0 as well: a month without calls has no bill.
            Some(expected) if first < expected && !(index == 0 && first == 0) => {
                let problem = format!(
                    "the tier overlaps the one before: it begins at {first} calls, that one ends at {}",
                    expected - 1
                );
                let problem_zh = format!(
                    "该档与前一档重叠：该档从 {first} 次开始，前一档到 {} 次结束",
                    expected - 1
                );
                faults.add(span.clone(), problem, problem_zh);
            }
            Some(expected) if first > expected => {
                let problem = format!("{expected} to {} calls are in no tier", first - 1);
                let problem_zh = format!("{expected} 到 {} 次调用不属于任何一档", first - 1);
                faults.add(span.clone(), problem, problem_zh);
            }
            Some(_) => {}
        }
        if index + 1 == tables.len() && last.is_some() {
            faults.add(
                span,
                "the last tier must have no end (no up_to, no below)",
                "最后一档不得有终点（不写 up_to，也不写 below）",
            );
        }
        tiers.push(Tier {
            first: first.max(1),
            last,
            unit_price: *table.get_ref().unit_price.get_ref(),
        });
    }
    tiers
}

/// First and last number of calls of a tier.
fn tier_range(
    table: &TierTable,
    span: Range<usize>,
    faults: &mut Faults<'_>,
) -> Option<(u64, Option<u64>)> {
    let bounds = [table.from, table.over, table.up_to, table.below];
    if bounds.iter().flatten().any(|&bound| bound > MOST_CALLS) {
        faults.add(
            span,
            format!("a bound lies beyond {MOST_CALLS} calls"),
            format!("边界超过 {MOST_CALLS} 次调用"),
        );
        return None;
    }
    let first = match (table.from, table.over) {
        (Some(from), None) => from,
        (None, Some(over)) => over + 1,
        _ => {
            faults.add(
                span,
                "a tier begins either `from` or `over` a number of calls",
                "起点须写 from 或 over 之一",
            );
            return None;
        }
    };
    let last = match (table.up_to, table.below) {
        (None, None) => None,
        (Some(up_to), None) => Some(up_to),
        (None, Some(below)) => Some(below.saturating_sub(1)),
        (Some(_), Some(_)) => {
            faults.add(
                span,
                "a tier ends either `up_to` or `below` a number of calls",
                "终点只能写 up_to 或 below 之一",
            );
            return None;
        }
    };
    Some((first, last))
}

fn check_range<T: Copy + PartialOrd + std::fmt::Display>(
    value: &Spanned<T>,
    name: &str,
    range: std::ops::RangeInclusive<T>,
    faults: &mut Faults<'_>,
) {
    if !range.contains(value.get_ref()) {
        let (value_text, least, most) = (value.get_ref(), range.start(), range.end());
        let problem = format!("{name} is {value_text}; it must lie between {least} and {most}");
        let problem_zh = format!("{name} 为 {value_text}，须在 {least} 与 {most} 之间");
        faults.add(value.span(), problem, problem_zh);
    }
}

fn check_price(price: &Spanned<Money>, faults: &mut Faults<'_>) {
    check_range(price, "price", Money::ZERO..=MOST_PRICE, faults);
}

fn check_short_text(text: &Spanned<String>, name: &str, faults: &mut Faults<'_>) {
    let length = text.get_ref().chars().count();
    if !(1..=LONGEST_TEXT).contains(&length) {
        let problem = format!("{name} has {length} characters; it must have 1 to {LONGEST_TEXT}");
        let problem_zh = format!("{name} 有 {length} 个字符，须为 1 到 {LONGEST_TEXT} 个");
        faults.add(text.span(), problem, problem_zh);
    }
}

fn check_id<'a>(id: &'a Spanned<String>, seen: &mut HashSet<&'a str>, faults: &mut Faults<'_>)
where
    &'a str: Eq + Hash,
{
    check_short_text(id, "id", faults);
    let text = id.get_ref().as_str();
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    if !text.chars().all(plain) {
        faults.add(
            id.span(),
            "an id consists of a-z, 0-9 and -",
            "id 只能由 a-z、0-9 和 - 组成",
        );
    }
    if !seen.insert(text) {
        faults.add(
            id.span(),
            format!("the id '{text}' stands twice"),
            format!("id“{text}”出现了两次"),
        );
    }
}

#[cfg(test)]
mod tests {
    use super::super::DEFAULT_TEXT;
    use super::*;

    fn faults_of(text: &str) -> Vec<(usize, String)> {
        let error = read(text).unwrap_err();
        let is_chinese = |c: char| ('\u{4e00}'..='\u{9fff}').contains(&c);
        error
            .faults
            .into_iter()
            .inspect(|fault| assert!(fault.problem_zh.contains(is_chinese), "{fault:?}"))
            .map(|fault| (fault.line, fault.problem))
            .collect()
    }

    fn line_of(needle: &str) -> usize {
        let at = DEFAULT_TEXT.find(needle).unwrap();
        DEFAULT_TEXT[..at].matches('\n').count() + 1
    }

    #[test]
    fn the_default_is_the_price_list() {
        let catalogue = read(DEFAULT_TEXT).unwrap();
        assert_eq!(catalogue.quotas(), [10, 30, 1000]);
        let package = catalogue.package_for(30).unwrap();
        assert_eq!((package.calls, package.qps), (300_000, 50));
        assert_eq!(package.price.to_string(), "20000.00");
        let packs: Vec<_> = catalogue
            .packs
            .iter()
            .map(|pack| (pack.calls, pack.price.fen() / 100))
            .collect();
        assert_eq!(
            packs,
            [
                (100_000, 1_700),
                (1_000_000, 16_000),
                (5_000_000, 48_000),
                (10_000_000, 85_000),
                (30_000_000, 126_000)
            ]
        );
        for (calls, price) in [
            (1, "0.02"),
            (1_000_000, "0.02"),
            (1_000_001, "0.012"),
            (5_000_000, "0.012"),
            (5_000_001, "0.005"),
            (u64::MAX, "0.005"),
        ] {
            let tier = catalogue.tier_of(calls).unwrap();
            assert_eq!(tier.unit_price, price.parse().unwrap(), "{calls}");
        }
        assert_eq!(catalogue.tier_of(0), None);
    }

    #[test]
    fn a_bound_may_be_included_or_not() {
        let text = DEFAULT_TEXT
            .replace("over = 0\nup_to = 1_000_000", "from = 0\nbelow = 1_000_000")
            .replace("over = 1_000_000\n", "from = 1_000_000\n");
        let catalogue = read(&text).unwrap();
        assert_eq!(catalogue.tier_of(999_999).unwrap().last, Some(999_999));
        assert_eq!(catalogue.tier_of(1_000_000).unwrap().first, 1_000_000);
    }

    /// Each row changes one place of the default; the fault must stand at the line of the change.
    #[test]
    fn faults_are_named_by_their_line() {
        for (from, to, problem) in [
            (
                "version = \"2027-01\"",
                "version = \"\"",
                "version has 0 characters",
            ),
            ("calls = 500 ", "calls = \"many\" ", "invalid type"),
            ("qps = 1     ", "qps = 0     ", "qps is 0"),
            ("id = \"package-2\"", "id = \"package-1\"", "stands twice"),
            (
                "id = \"package-3\"",
                "id = \"Package 3\"",
                "an id consists of",
            ),
            (
                "materials = 30\n",
                "materials = 10\n",
                "another licence has a quota of 10",
            ),
            (
                "update_days = 30 ",
                "update_days = 400 ",
                "between 0 and 365",
            ),
            (
                "price = \"20000.00\"",
                "price = 20000.0",
                "an amount in yuan as text",
            ),
            (
                "price = \"80000.00\"",
                "price = \"80000.001\"",
                "more than 2 decimals",
            ),
            (
                "price = \"1700.00\"",
                "price = \"-1700.00\"",
                "price is -1700.00",
            ),
            ("step = 10", "step = 0", "step is 0"),
            ("window_days = 30 ", "windows = 30 ", "unknown field"),
            (
                "ceiling = 1000 ",
                "ceiling = 2000000 ",
                "ceiling is 2000000",
            ),
            ("[80, 95, 100]", "[80, 95, 101]", "rising order"),
            ("[30, 7, 1]", "[1, 7, 30]", "falling order"),
        ] {
            assert!(DEFAULT_TEXT.contains(from), "{from}");
            let faults = faults_of(&DEFAULT_TEXT.replacen(from, to, 1));
            let found = faults.iter().find(|(_, text)| text.contains(problem));
            let Some((line, _)) = found else {
                panic!("{to}: {faults:?}");
            };
            assert_eq!(*line, line_of(from), "{to}: {faults:?}");
        }
    }

    #[test]
    fn tiers_neither_overlap_nor_leave_gaps() {
        let second = line_of("[[postpaid]]\nover = 1_000_000");
        let third = line_of("[[postpaid]]\nover = 5_000_000");
        for (from, to, line, problem) in [
            ("over = 1_000_000", "over = 900_000", second, "overlaps"),
            ("over = 1_000_000", "from = 1_000_000", second, "overlaps"),
            (
                "over = 1_000_000",
                "over = 1_100_000",
                second,
                "1000001 to 1100000 calls are in no tier",
            ),
            (
                "up_to = 5_000_000\n",
                "\n",
                third,
                "only the last may have none",
            ),
            (
                "up_to = 5_000_000",
                "up_to = 500",
                second,
                "ends before it begins",
            ),
            (
                "over = 5_000_000",
                "over = 5_000_000\nup_to = 9_000_000",
                third,
                "must have no end",
            ),
            ("over = 5_000_000", "", third, "either `from` or `over`"),
            (
                "over = 5_000_000",
                "over = 9223372036854775807",
                third,
                "beyond",
            ),
        ] {
            let faults = faults_of(&DEFAULT_TEXT.replacen(from, to, 1));
            let found = faults.iter().find(|(_, text)| text.contains(problem));
            let Some((at, _)) = found else {
                panic!("{to}: {faults:?}");
            };
            assert_eq!(*at, line, "{to}: {faults:?}");
        }
    }

    #[test]
    fn every_fault_is_told_at_once() {
        let text = DEFAULT_TEXT
            .replace("step = 10", "step = 0")
            .replace("[80, 95, 100]", "[]")
            .replace("version = \"2027-01\"", "version = \"\"");
        assert_eq!(faults_of(&text).len(), 2);
        assert!(!faults_of("").is_empty());
        assert!(!faults_of("version = ").is_empty());
    }
}
