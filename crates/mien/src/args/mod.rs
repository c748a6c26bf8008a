//! What a person may type: the command line as clap reads it, one file for each subject.

mod accounts;
mod activities;
mod bench;
mod books;
mod buying;
mod calls;
mod catalogues;
mod config;
mod history;
mod labels;
mod materials;
mod people;
mod pictures;
mod serving;
mod statements;
mod watching;
mod webhooks;

pub(crate) use accounts::{AccountAction, AccountArgs, KeyAction, KeyArgs, TopUpArgs};
pub(crate) use activities::{ActivityAction, ActivityArgs};
pub(crate) use bench::{BenchArgs, BenchPart, MeterArgs, ServeBenchArgs};
pub(crate) use books::{BooksArgs, Days, Owner};
pub(crate) use buying::{BuyAction, BuyArgs, Payment, PlanArgs};
pub(crate) use calls::{CallArgs, FaceFile, FusionArgs, TryArgs};
pub(crate) use catalogues::{CatalogueAction, CatalogueArgs};
pub(crate) use config::{ConfigAction, ConfigArgs};
pub(crate) use history::{
    BillsArgs, LedgerArgs, MonthAction, MonthArgs, NoticesArgs, OrdersArgs, PeriodName,
    UsageAction, UsageArgs,
};
pub(crate) use labels::{LabelAction, LabelArgs};
pub(crate) use materials::{MaterialAction, MaterialArgs};
pub(crate) use people::{AuditArgs, MemberAction, UserAction, UserArgs};
pub(crate) use pictures::{DetectArgs, FuseArgs};
pub(crate) use serving::{Language, ServeArgs, SigningArgs};
pub(crate) use statements::{LanguageName, StatementArgs, VerifyArgs};
pub(crate) use watching::{LogArgs, LogFormat, WatchArgs};
pub(crate) use webhooks::{WebhookAction, WebhookArgs};

use billing::AlgorithmVersion;
use clap::{Args as ClapArgs, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;
use fusion::{Algorithm, Degree};

const EXIT_CODES: &str = "\
To begin selling:
  mien account create \"Harbour Travel\"
  mien activity create --account 100001 --name \"Spring party\"
  mien material add --account 100001 --activity 300100 portrait.jpg
  mien call --account 100001 --activity 300100 --material qc_300100_154001_1 \\
       --face selfie.jpg --out fused.jpg

Exit codes:
  0  done
  1  some pictures failed or were refused; the others are done. Or a picture carries no label
  2  the command line asks for what cannot be
  3  a picture cannot be decoded, or is larger than mien accepts
  4  a picture has no face that can be used
  5  a file cannot be read or written
  6  a fault of mien itself
  7  the rules do not allow it: licence, quota, QPS, balance, a faulty catalogue...
  8  there is no such account, activity, material, key...
  9  the data folder is in use, missing or cannot be read or written
 10  a statement, or the signature of a picture, does not hold

With --json, every command prints one JSON document, errors included: their `kind` goes with the
exit code, their `code` tells more, and a refusal has its numbers beside it.";

/// Fuses the face of a user's photo into a template portrait, meters every call, sells the capacity.
#[derive(Debug, Parser)]
#[command(name = "mien", version, after_help = EXIT_CODES, max_term_width = 100)]
pub(crate) struct Args {
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    Fuse(FuseArgs),
    Detect(DetectArgs),
    Label(LabelArgs),
    Bench(BenchArgs),
    Account(AccountArgs),
    Key(KeyArgs),
    User(UserArgs),
    Audit(AuditArgs),
    TopUp(TopUpArgs),
    Activity(ActivityArgs),
    Material(MaterialArgs),
    Try(TryArgs),
    Call(CallArgs),
    Buy(BuyArgs),
    Plan(PlanArgs),
    Orders(OrdersArgs),
    Ledger(LedgerArgs),
    Bills(BillsArgs),
    Statement(StatementArgs),
    Verify(VerifyArgs),
    Usage(UsageArgs),
    Notices(NoticesArgs),
    Webhook(WebhookArgs),
    Month(MonthArgs),
    Catalogue(CatalogueArgs),
    Serve(ServeArgs),
    Config(ConfigArgs),
    Completions(CompletionsArgs),
}

const COMPLETIONS_EXAMPLES: &str = "\
Examples:
  mien completions bash > ~/.local/share/bash-completion/completions/mien
  mien completions zsh > ~/.zfunc/_mien
  mien completions fish > ~/.config/fish/completions/mien.fish";

/// Print a completion script for a shell.
#[derive(Debug, ClapArgs)]
#[command(after_help = COMPLETIONS_EXAMPLES)]
pub(crate) struct CompletionsArgs {
    /// The shell.
    pub(crate) shell: Shell,
}

/// An algorithm version by the name a person types.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum AlgorithmName {
    /// The user's features on the template's geometry and light.
    Natural,
    /// Identity first: the user's own layout of features; side faces are corrected.
    Likeness,
}

impl From<AlgorithmName> for Algorithm {
    fn from(name: AlgorithmName) -> Algorithm {
        match name {
            AlgorithmName::Natural => Algorithm::Natural,
            AlgorithmName::Likeness => Algorithm::Likeness,
        }
    }
}

pub(crate) fn parse_degree(text: &str) -> Result<Degree, String> {
    text.parse()
        .ok()
        .and_then(Degree::new)
        .ok_or_else(|| "expected a whole number from 0 (the user) to 100 (the template)".to_owned())
}

impl From<AlgorithmName> for AlgorithmVersion {
    fn from(name: AlgorithmName) -> AlgorithmVersion {
        match name {
            AlgorithmName::Natural => AlgorithmVersion::Natural,
            AlgorithmName::Likeness => AlgorithmVersion::Likeness,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_command_line_is_consistent() {
        Args::command().debug_assert();
    }
}
