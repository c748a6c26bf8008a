//! `mien catalogue`.

use crate::args::{CatalogueAction, CatalogueArgs};
use crate::books;
use crate::failure::Failure;
use crate::report::{Report, complain};
use crate::table::{Table, facts};
use crate::words::{count, many, time};
use billing::Catalogue;
use billing::catalogue::{DEFAULT_TEXT, Tier};
use pixel::Limits;
use serde_json::{Value, json};
use service::{Service, ServiceError};
use std::path::Path;
use store::CatalogueEdition;

/// Bytes of a catalogue file; a long one has some thousand.
const MOST_BYTES: usize = 1 << 20;

pub(crate) fn run(args: &CatalogueArgs, report: &mut Report) -> Result<u8, Failure> {
    match &args.action {
        CatalogueAction::Show { file } => {
            let text = if books::are_there(&args.books) {
                books::look(&args.books, text_in_force)?
            } else {
                let folder = args.books.data().display();
                if !report.is_json() {
                    complain(&format!(
                        "{folder}: no books yet; this is the catalogue they will begin with"
                    ));
                }
                DEFAULT_TEXT.to_owned()
            };
            if *file {
                report.raw(text.as_bytes());
                return Ok(0);
            }
            show(&Catalogue::read(&text).map_err(ServiceError::from)?, report)
        }
        CatalogueAction::Check { file } => {
            let catalogue = read(file)?.1;
            said(&catalogue, &summary(&catalogue, file), report)
        }
        CatalogueAction::Apply { file } => {
            let text = read(file)?.0;
            books::change(&args.books, |service| {
                let catalogue = service.apply_catalogue(&text)?;
                let text = format!("catalogue {} is in force from now on", catalogue.version);
                said(&catalogue, &text, report)
            })
        }
        CatalogueAction::Editions => books::look(&args.books, |service| editions(service, report)),
    }
}

/// A catalogue file that has no fault, with its text.
pub(super) fn read(path: &Path) -> Result<(String, Catalogue), Failure> {
    let limits = Limits {
        max_bytes: MOST_BYTES,
        ..Limits::default()
    };
    let bytes = crate::picture_file::read(path, &limits)?;
    let text = String::from_utf8(bytes).map_err(|error| {
        let before = error.as_bytes().get(..error.utf8_error().valid_up_to());
        let lines = before.unwrap_or_default().split(|&byte| byte == b'\n');
        Failure::Catalogue {
            path: path.to_owned(),
            faults: vec![billing::catalogue::Fault {
                line: lines.count(),
                problem: "this is no UTF-8 text; write the file anew".to_owned(),
                problem_zh: "不是 UTF-8 文本，请重新保存文件".to_owned(),
            }],
        }
    })?;
    let catalogue = Catalogue::read(&text).map_err(|error| Failure::catalogue(path, error))?;
    Ok((text, catalogue))
}

fn text_in_force(service: &Service) -> Result<String, Failure> {
    let editions = service.catalogue_editions()?;
    // Books that were only looked at have none yet.
    Ok(editions
        .into_iter()
        .next_back()
        .map_or_else(|| DEFAULT_TEXT.to_owned(), |edition| edition.text))
}

fn said(catalogue: &Catalogue, text: &str, report: &mut Report) -> Result<u8, Failure> {
    if report.is_json() {
        report.document(catalogue)?;
    } else {
        report.line(text);
    }
    Ok(0)
}

fn summary(catalogue: &Catalogue, file: &Path) -> String {
    format!(
        "{}: catalogue {} has no fault: {}, {}, {}",
        file.display(),
        catalogue.version,
        many(catalogue.licences.len() as u64, "licence package"),
        many(catalogue.packs.len() as u64, "pack"),
        many(catalogue.postpaid.len() as u64, "postpaid tier")
    )
}

fn show(catalogue: &Catalogue, report: &mut Report) -> Result<u8, Failure> {
    if report.is_json() {
        report.document(catalogue)?;
        return Ok(0);
    }
    let (free, qps) = (&catalogue.free, &catalogue.qps_upgrade);
    let contact = match catalogue.contact.as_str() {
        "" => "-".to_owned(),
        contact => contact.to_owned(),
    };
    facts(
        &[
            ("catalogue", catalogue.version.clone()),
            ("contact", contact),
            (
                "free",
                format!(
                    "{} for each activity, {} QPS while unlicensed",
                    many(free.calls, "call"),
                    free.qps
                ),
            ),
            (
                "QPS upgrade",
                format!(
                    "{} yuan a day for {} QPS more, to {} at most, for days up to {} ahead, \
                     today included",
                    qps.price, qps.step, qps.ceiling, qps.window_days
                ),
            ),
        ],
        report,
    );
    report.line("");
    licences(catalogue).write("no licence is sold", report);
    report.line("");
    let mut packs = Table::new(&["shared pack", "calls#", "days#", "yuan#"]);
    for pack in &catalogue.packs {
        packs.row([
            pack.id.clone(),
            count(pack.calls),
            pack.valid_days.to_string(),
            pack.price.to_string(),
        ]);
    }
    packs.write("no pack is sold", report);
    report.line("");
    let mut tiers = Table::new(&["postpaid calls of a month#", "yuan for each#"]);
    for tier in &catalogue.postpaid {
        tiers.row([range(tier), tier.unit_price.to_string()]);
    }
    tiers.write("no postpaid price", report);
    Ok(0)
}

fn licences(catalogue: &Catalogue) -> Table {
    let mut table = Table::new(&[
        "licence",
        "name",
        "materials#",
        "change for#",
        "calls#",
        "QPS#",
        "days#",
        "yuan#",
    ]);
    for package in &catalogue.licences {
        table.row([
            package.id.clone(),
            format!("{} {}", package.name.zh, package.name.en),
            count(package.materials),
            many(package.update_days.into(), "day"),
            count(package.calls),
            package.qps.to_string(),
            package.valid_days.to_string(),
            package.price.to_string(),
        ]);
    }
    table
}

fn range(tier: &Tier) -> String {
    match tier.last {
        Some(last) => format!("{} to {}", count(tier.first), count(last)),
        None => format!("{} and more", count(tier.first)),
    }
}

fn editions(service: &Service, report: &mut Report) -> Result<u8, Failure> {
    let editions = service.catalogue_editions()?;
    if report.is_json() {
        let document = |edition: &CatalogueEdition| {
            json!({
                "edition": edition.edition,
                "version": edition.version,
                "since": edition.since,
            })
        };
        let editions: Vec<Value> = editions.iter().map(document).collect();
        report.document(&json!({ "editions": editions }))?;
        return Ok(0);
    }
    let mut table = Table::new(&["edition#", "catalogue", "in force since"]);
    for edition in &editions {
        table.row([
            edition.edition.to_string(),
            edition.version.clone(),
            time(edition.since, service.calendar()),
        ]);
    }
    table.write("no edition yet", report);
    Ok(0)
}
