//! Why a command failed: what was wrong, where, what to do, and the exit code that says so.

mod books;

pub(crate) use books::{MeteredFailure, Refused};

use billing::Calendar;
use engine::{CallError, EngineError, FusionError, TemplateError, UserError};
use pixel::DecodeError;
use serde_json::{Map, Value, json};
use service::ServiceError;
use service::vault::OperatorKeyError;
use std::any::Any;
use std::io;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};

/// Exit code of a folder run in which some pictures failed.
pub(crate) const SOME_FAILED: u8 = 1;

/// Why a command, or one fusion of a folder, failed.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Failure {
    /// What clap has to say; help and version come this way too.
    #[error("{}", .0.render())]
    CommandLine(#[from] clap::Error),
    #[error("{0}")]
    Usage(String),
    #[error("{}: cannot be read: {source}; {}", .path.display(), advice_on_reading(.source))]
    Read { path: PathBuf, source: io::Error },
    #[error("{}: cannot be written: {source}; {}", .path.display(), advice_on_writing(.source))]
    Write { path: PathBuf, source: io::Error },
    #[error("standard output cannot be written: {0}")]
    Stdout(io::Error),
    #[error("{}: larger than {} MiB; shrink the picture first", .path.display(), .most >> 20)]
    FileTooLarge { path: PathBuf, most: u64 },
    #[error("{}: {source}", .path.display())]
    Picture { path: PathBuf, source: DecodeError },
    #[error("{}: {source}", .path.display())]
    Label {
        path: PathBuf,
        source: label::LabelError,
    },
    #[error("{}: the template cannot be used: {source}", .path.display())]
    Template {
        path: PathBuf,
        source: TemplateError,
    },
    #[error("{}: the photo cannot be used: {source}", .path.display())]
    User { path: PathBuf, source: UserError },
    #[error("{}: cannot be fused: {source}", .template.display())]
    Fuse {
        template: PathBuf,
        source: FusionError,
    },
    #[error("mien's own face nets cannot be loaded: {0}; install mien anew")]
    Engine(#[from] EngineError),
    /// The built-in portraits cannot be fused: nothing the caller can mend.
    #[error("a fault of mien itself: the built-in portraits: {0}; please report it")]
    Call(#[from] CallError),
    #[error("a fault of mien itself: {0}; please report it with the pictures that cause it")]
    Internal(String),
    /// The rules of what is sold do not allow it.
    #[error("{0}")]
    Refused(Box<Refused>),
    #[error("{0}")]
    Service(ServiceError),
    #[error("{0}")]
    Metered(Box<MeteredFailure>),
    #[error("{}", books::faults_text(.path, .faults))]
    Catalogue {
        path: PathBuf,
        faults: Vec<billing::catalogue::Fault>,
    },
    #[error("{}: {source}", .path.display())]
    Statement {
        path: PathBuf,
        source: billing::statement::StatementError,
    },
    #[error(
        "{}: no books here; `mien account create NAME` begins them, --data names another folder",
        .0.display()
    )]
    NoBooks(PathBuf),
    #[error(
        "{}: the operator key of these books is gone, and their secrets cannot be opened without it; \
         put its copy back here or name it in MIEN_OPERATOR_KEY",
        .0.display()
    )]
    NoOperatorKey(PathBuf),
    #[error("{0}")]
    OperatorKey(#[from] OperatorKeyError),
    #[error("{address}: cannot be listened on: {source}; choose another with --listen")]
    Listen {
        address: SocketAddr,
        source: io::Error,
    },
    #[error("{}", books::config_text(.path.as_deref(), .faults))]
    Config {
        path: Option<PathBuf>,
        faults: Vec<crate::config::Fault>,
    },
    #[error("the server ended: {0}")]
    Server(io::Error),
    #[error(
        "the books are kept in the time zone {kept}, not in {asked}, and their days cannot be moved; \
         leave --zone and MIEN_ZONE out"
    )]
    OtherZone { kept: String, asked: String },
}

impl Failure {
    pub(crate) fn read(path: &Path, source: io::Error) -> Failure {
        Failure::Read {
            path: path.to_owned(),
            source,
        }
    }

    pub(crate) fn write(path: &Path, source: io::Error) -> Failure {
        Failure::Write {
            path: path.to_owned(),
            source,
        }
    }

    /// From what `catch_unwind` gives.
    pub(crate) fn from_panic(panic: &(dyn Any + Send)) -> Failure {
        let text = panic.downcast_ref::<&str>().copied();
        let text = text.or_else(|| panic.downcast_ref::<String>().map(String::as_str));
        Failure::Internal(text.unwrap_or("unknown").to_owned())
    }

    /// As documented in `mien --help`.
    pub(crate) fn exit_code(&self) -> u8 {
        self.kind().1
    }

    /// A stable name for programs, and the exit code.
    fn kind(&self) -> (&'static str, u8) {
        const BAD_PICTURE: (&str, u8) = ("bad_picture", 3);
        const NO_USABLE_FACE: (&str, u8) = ("no_usable_face", 4);
        match self {
            Failure::CommandLine(error) if !error.use_stderr() => ("none", 0),
            Failure::CommandLine(_) | Failure::Usage(_) => ("usage", 2),
            Failure::FileTooLarge { .. } | Failure::Picture { .. } | Failure::Label { .. } => {
                BAD_PICTURE
            }
            Failure::Template { source, .. } => match source {
                TemplateError::Decode(_) => BAD_PICTURE,
                TemplateError::NoFace | TemplateError::FaceBox(_) => NO_USABLE_FACE,
                TemplateError::Prepare(_) | TemplateError::Encode(_) => ("internal", 6),
            },
            Failure::User { source, .. } => match source {
                UserError::Decode(_) => BAD_PICTURE,
                UserError::NoFace | UserError::FaceBox(_) | UserError::Unusable(_) => {
                    NO_USABLE_FACE
                }
            },
            Failure::Fuse { source, .. } => match source {
                FusionError::NoSuchTemplateFace { .. } => ("usage", 2),
                FusionError::TemplateFaceUnusable { .. } => NO_USABLE_FACE,
                FusionError::Fuse(_) | FusionError::Encode(_) => ("internal", 6),
            },
            Failure::Read { .. } => ("unreadable", 5),
            Failure::Write { .. } | Failure::Stdout(_) => ("unwritable", 5),
            Failure::Listen { .. } => ("address", 5),
            Failure::Config { .. } => ("bad_config", 2),
            Failure::Server(_) | Failure::Engine(_) | Failure::Call(_) | Failure::Internal(_) => {
                ("internal", 6)
            }
            Failure::Refused(_) => ("refused", 7),
            Failure::Service(error) => books::kind_of(error),
            Failure::Metered(failure) => failure.kind(),
            Failure::Catalogue { .. } => ("bad_catalogue", 7),
            Failure::Statement { .. } => ("bad_statement", 10),
            Failure::NoBooks(_) => ("no_books", 9),
            Failure::NoOperatorKey(_) | Failure::OperatorKey(_) => ("operator_key", 9),
            Failure::OtherZone { .. } => ("usage", 2),
        }
    }

    fn path(&self) -> Option<&Path> {
        match self {
            Failure::Read { path, .. }
            | Failure::Write { path, .. }
            | Failure::FileTooLarge { path, .. }
            | Failure::Picture { path, .. }
            | Failure::Label { path, .. }
            | Failure::Template { path, .. }
            | Failure::User { path, .. }
            | Failure::Catalogue { path, .. }
            | Failure::Statement { path, .. }
            | Failure::NoBooks(path)
            | Failure::NoOperatorKey(path)
            | Failure::Config {
                path: Some(path), ..
            }
            | Failure::Fuse { template: path, .. } => Some(path),
            _ => None,
        }
    }

    /// The same with times written as the calendar writes them.
    pub(crate) fn in_zone(self, calendar: &Calendar) -> Failure {
        match self {
            Failure::Refused(refused) => Failure::Refused(Box::new(refused.in_zone(calendar))),
            other => other,
        }
    }

    /// For `--json`: kind, code, message, path where there is one, exit code, and what else is known.
    pub(crate) fn to_json(&self) -> Value {
        let (kind, exit_code) = self.kind();
        let mut document = json!({
            "kind": kind,
            "code": kind,
            "message": self.to_string().trim_start_matches("error: ").trim_end(),
            "path": self.path().map(|path| path.display().to_string()),
            "exit_code": exit_code,
        });
        for (name, value) in self.numbers() {
            document[name] = value;
        }
        document
    }

    /// What a program may want to know beyond the text.
    fn numbers(&self) -> Map<String, Value> {
        match self {
            Failure::Refused(refused) => refused.numbers().clone(),
            Failure::Metered(failure) => failure.numbers(),
            Failure::Catalogue { faults, .. } => books::faults_numbers(faults),
            Failure::Config { faults, .. } => books::config_numbers(faults),
            _ => Map::new(),
        }
    }
}

fn advice_on_reading(error: &io::Error) -> &'static str {
    match error.kind() {
        io::ErrorKind::NotFound => "check the path",
        io::ErrorKind::PermissionDenied => "allow yourself to read it",
        io::ErrorKind::IsADirectory => "name a file",
        _ => "check the file and its disk",
    }
}

fn advice_on_writing(error: &io::Error) -> &'static str {
    match error.kind() {
        io::ErrorKind::NotFound => "create the folder first",
        io::ErrorKind::PermissionDenied => "allow yourself to write there or choose another place",
        io::ErrorKind::ReadOnlyFilesystem => "choose another place",
        io::ErrorKind::IsADirectory => "name a file",
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded | io::ErrorKind::FileTooLarge => {
            "make room; nothing was left behind"
        }
        _ => "check the folder and its disk",
    }
}
