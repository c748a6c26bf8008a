mod catalogue;
mod data_folder;
mod materials;
mod people;
mod refusals;
mod story;
mod webhooks;
mod worked_examples;

use crate::run::{Folder, Run};
use serde_json::Value;

/// The morning on which most tests happen.
pub(crate) const MORNING: &str = "2027-01-10T09:00:00+08:00";

/// A folder with books, and the time it is there.
pub(crate) struct Books {
    pub(crate) folder: Folder,
    now: String,
}

impl Books {
    /// No books yet, but for a portrait `t.jpg` and a selfie `u.jpg`.
    pub(crate) fn none() -> Books {
        Books {
            folder: Folder::with_portraits(),
            now: MORNING.to_owned(),
        }
    }

    /// Account 100001 with this much money and the activity 300100 with this quota.
    pub(crate) fn with_activity(yuan: &str, quota: u64) -> Books {
        let books = Books::none();
        books.did("account create Harbour");
        if yuan != "0" {
            books.did(&format!(
                "top-up --account 100001 --amount {yuan} --key first"
            ));
        }
        books.did(&format!(
            "activity create --account 100001 --name Gala --quota {quota}"
        ));
        books
    }

    /// The same with a licence, bought at once.
    pub(crate) fn with_licence(yuan: &str, quota: u64) -> Books {
        let books = Books::with_activity(yuan, quota);
        books.did("buy licence --account 100001 --activity 300100 --pay --key licence");
        books
    }

    pub(crate) fn set_now(&mut self, now: &str) {
        self.now = now.to_owned();
    }

    /// Runs a command that prints for people.
    pub(crate) fn text(&self, words: &str) -> Run {
        self.folder.mien(&format!("{words} --now {}", self.now))
    }

    /// The exit code and the document of a command.
    pub(crate) fn json(&self, words: &str) -> (i32, Value) {
        self.folder.json(&format!("{words} --now {}", self.now))
    }

    /// The same for words that may hold blanks.
    pub(crate) fn json_of(&self, words: &[&str]) -> (i32, Value) {
        let words = [words, &["--json", "--now", &self.now]].concat();
        let run = Run::from(self.folder.command_of(&words).output().unwrap());
        (run.code, serde_json::from_str(&run.stdout).unwrap())
    }

    /// The document of a command that succeeds.
    #[track_caller]
    pub(crate) fn did(&self, words: &str) -> Value {
        let (code, document) = self.json(words);
        assert_eq!(code, 0, "{words}: {document}");
        document
    }

    /// The error of a command that fails with this exit code, after which the books are as before.
    #[track_caller]
    pub(crate) fn refused(&self, words: &str, code: i32) -> Value {
        let words: Vec<&str> = words.split_whitespace().collect();
        self.refused_of(&words, code)
    }

    /// The same for words that may hold blanks.
    #[track_caller]
    pub(crate) fn refused_of(&self, words: &[&str], code: i32) -> Value {
        let before = self.everything();
        let (found, mut document) = self.json_of(words);
        assert_eq!(found, code, "{words:?}: {document}");
        assert_eq!(self.everything(), before, "{words:?}");
        let error = document["error"].take();
        assert_eq!(error["exit_code"], code, "{error}");
        assert!(error["message"].as_str().unwrap().len() > 10, "{error}");
        error
    }

    /// All that can be seen of the books, but for the notices: those that are due are given by
    /// whatever command comes next.
    pub(crate) fn everything(&self) -> Vec<(i32, Value)> {
        [
            "account list",
            "account show 100001",
            "key list --account 100001",
            "activity list --account 100001",
            "material list --account 100001 --activity 300100",
            "orders --account 100001",
            "ledger --account 100001",
            "bills --account 100001",
            "usage --account 100001 --by month",
            "webhook list --account 100001",
            "catalogue editions",
        ]
        .map(|words| self.json(words))
        .into()
    }
}
