//! `mien plan`.

use super::catalogue::read;
use crate::args::PlanArgs;
use crate::books;
use crate::failure::Failure;
use crate::report::Report;
use crate::table::Table;
use crate::words::{count, many};
use billing::Catalogue;
use billing::catalogue::DEFAULT_TEXT;
use billing::plan::{Need, Plan, Plans};
use service::ServiceError;

pub(crate) fn run(args: &PlanArgs, report: &mut Report) -> Result<u8, Failure> {
    let catalogue = match &args.catalogue {
        Some(path) => read(path)?.1,
        None if books::are_there(&args.books) => {
            books::look(&args.books, |service| Ok((*service.catalogue()).clone()))?
        }
        None => Catalogue::read(DEFAULT_TEXT).map_err(ServiceError::from)?,
    };
    let need = Need {
        calls_per_month: args.calls_per_month,
        months: args.months,
        peak_qps: args.peak_qps,
        peak_days_per_month: args.peak_days,
        materials: args.materials,
    };
    let plans = need.plans(&catalogue)?;
    if report.is_json() {
        report.document(&plans)?;
    } else {
        write(&plans, report);
    }
    Ok(0)
}

fn write(plans: &Plans, report: &mut Report) {
    let need = &plans.need;
    report.line(&format!(
        "{} a month for {}, {} QPS on {} a month, {}; catalogue {}\n",
        many(need.calls_per_month, "call"),
        many(need.months.into(), "month"),
        count(need.peak_qps.into()),
        many(need.peak_days_per_month.into(), "day"),
        many(need.materials, "material"),
        plans.catalogue
    ));
    let mut table = Table::new(&[
        "plan#",
        "licence",
        "QPS upgrades",
        "packs",
        "postpaid#",
        "yuan#",
    ]);
    for (number, plan) in (1..).zip(&plans.plans) {
        table.row(row(number, plan));
    }
    table.write("no plan", report);
    for (number, plan) in (1..).zip(&plans.plans) {
        report.line(&format!("\nplan {number}, {} yuan:", plan.total));
        for reason in &plan.reasons {
            report.line(&format!("  - {}", reason.text_en()));
        }
    }
    if !plans.warnings.is_empty() {
        report.line("\nto know before:");
        for warning in &plans.warnings {
            report.line(&format!("  - {}", warning.text_en()));
        }
    }
}

fn row(number: u32, plan: &Plan) -> [String; 6] {
    let nothing = || "-".to_owned();
    let licence = plan.licence.as_ref();
    let packs: Vec<String> = plan
        .packs
        .iter()
        .map(|line| format!("{} × {}", line.count, line.pack.id))
        .collect();
    [
        number.to_string(),
        licence.map_or_else(nothing, |package| {
            format!("{} {}", package.id, package.price)
        }),
        plan.qps.map_or_else(nothing, |upgrade| {
            format!(
                "{} QPS more, {}: {}",
                upgrade.extra,
                many(upgrade.days.into(), "day"),
                upgrade.cost
            )
        }),
        if packs.is_empty() {
            nothing()
        } else {
            packs.join(" + ")
        },
        plan.postpaid.to_string(),
        plan.total.to_string(),
    ]
}
