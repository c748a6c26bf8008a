//! `mien user`, `mien audit`.

use super::BooksArgs;
use billing::AccountId;
use clap::{Args as ClapArgs, Subcommand, ValueEnum};
use service::Role;

const USER_EXAMPLES: &str = "\
Examples:
  mien user create wang --operator
  mien user member add li@example.com --account 100001 --role owner
  mien user member list --account 100001
  mien user password wang
  mien user disable li@example.com

A password is drawn and shown once; its user chooses another in the console.";

/// Create users of the console, and say what they may do in which account.
#[derive(Debug, ClapArgs)]
#[command(after_help = USER_EXAMPLES)]
pub(crate) struct UserArgs {
    #[command(subcommand)]
    pub(crate) action: UserAction,

    #[command(flatten)]
    pub(crate) books: BooksArgs,
}

#[derive(Debug, Subcommand)]
pub(crate) enum UserAction {
    /// Create a user and show its password, once.
    Create {
        /// By which it signs in: 3 to 64 of a-z, 0-9, '.', '_', '-' and '@'.
        login: String,
        /// What people call it, at most 40 characters [default: its login].
        #[arg(
            long,
            value_name = "NAME",
            default_value = "",
            hide_default_value = true
        )]
        name: String,
        /// Lets it run this mien: it may do everything in every account.
        #[arg(long)]
        operator: bool,
    },
    /// Show all users.
    List,
    /// Draw another password for a user who forgot it; its sessions end.
    Password {
        /// The user.
        login: String,
        /// Also removes its second factor.
        #[arg(long)]
        drop_code: bool,
    },
    /// Refuse a user from now on; its sessions end.
    Disable {
        /// The user.
        login: String,
    },
    /// Let a disabled user sign in again.
    Enable {
        /// The user.
        login: String,
    },
    /// Let a user run this mien, or do not any more; one operator always stays.
    Operator {
        /// The user.
        login: String,
        /// Takes the right back.
        #[arg(long)]
        revoke: bool,
    },
    /// Say who may do what in an account.
    Member {
        #[command(subcommand)]
        action: MemberAction,
    },
}

#[derive(Debug, Subcommand)]
pub(crate) enum MemberAction {
    /// Add a user to an account, or create it and show its password, once.
    Add {
        /// The user.
        login: String,
        #[command(flatten)]
        of: MemberOf,
        /// What it may do there.
        #[arg(long, value_enum, default_value_t = RoleName::Member)]
        role: RoleName,
    },
    /// Show who may do what in an account.
    List {
        #[command(flatten)]
        of: MemberOf,
    },
    /// Give a member another role.
    Role {
        /// The user.
        login: String,
        #[command(flatten)]
        of: MemberOf,
        /// What it may do there.
        #[arg(long, value_enum)]
        role: RoleName,
    },
    /// Take a user out of an account.
    Remove {
        /// The user.
        login: String,
        #[command(flatten)]
        of: MemberOf,
    },
}

/// The account of a member.
#[derive(Debug, ClapArgs)]
pub(crate) struct MemberOf {
    /// The account.
    #[arg(long, value_name = "ID", env = "MIEN_ACCOUNT")]
    pub(crate) account: AccountId,
}

/// A role by the name a person types.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum RoleName {
    /// Looks at everything of the account.
    Viewer,
    /// Changes activities, materials and campaign pages.
    Member,
    /// Buys, and handles keys, webhooks and members.
    Owner,
}

impl From<RoleName> for Role {
    fn from(name: RoleName) -> Role {
        match name {
            RoleName::Viewer => Role::Viewer,
            RoleName::Member => Role::Member,
            RoleName::Owner => Role::Owner,
        }
    }
}

const AUDIT_EXAMPLES: &str = "\
Examples:
  mien audit
  mien audit --account 100001 --user li@example.com
  mien audit --action exempt --limit 20";

/// Show who changed what, the newest first.
#[derive(Debug, ClapArgs)]
#[command(after_help = AUDIT_EXAMPLES)]
pub(crate) struct AuditArgs {
    /// Only what concerns an account.
    #[arg(long, value_name = "ID")]
    pub(crate) account: Option<AccountId>,

    /// Only what a user did.
    #[arg(long, value_name = "LOGIN")]
    pub(crate) user: Option<String>,

    /// Only one kind of change, as the log names it.
    #[arg(long, value_name = "NAME")]
    pub(crate) action: Option<String>,

    /// Only what is older than this entry.
    #[arg(long, value_name = "ID")]
    pub(crate) before: Option<u64>,

    /// How many entries, at most 500.
    #[arg(long, value_name = "NUMBER", default_value_t = 50, value_parser = clap::value_parser!(u64).range(1..=500))]
    pub(crate) limit: u64,

    #[command(flatten)]
    pub(crate) books: BooksArgs,
}
