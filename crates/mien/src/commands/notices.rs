//! `mien notices`.

use crate::args::NoticesArgs;
use crate::books;
use crate::failure::Failure;
use crate::report::Report;
use crate::words::time;
use serde_json::{Value, json};
use service::NoticeView;

pub(crate) fn run(args: &NoticesArgs, report: &mut Report) -> Result<u8, Failure> {
    books::look(&args.books, |service| {
        let notices = service.notices(args.owner.account, args.most)?;
        let calendar = service.calendar();
        if report.is_json() {
            let with_text = |notice: &NoticeView| {
                let mut document = json!(notice);
                document["title"] = json!(notice.notice.title_en(calendar));
                document["text"] = json!(notice.notice.text_en(calendar));
                document
            };
            let notices: Vec<Value> = notices.iter().map(with_text).collect();
            report.document(&json!({ "notices": notices }))?;
            return Ok(0);
        }
        if notices.is_empty() {
            report.line("no notice yet");
        }
        for notice in &notices {
            let at = time(notice.at, calendar);
            report.line(&format!("{at}  {}", notice.notice.title_en(calendar)));
            let indent = " ".repeat(at.len() + 2);
            report.line(&format!("{indent}{}", notice.notice.text_en(calendar)));
        }
        Ok(0)
    })
}
