//! `mien serve`.

use super::{BooksArgs, LogArgs, WatchArgs};
use clap::{Args as ClapArgs, ValueEnum};
use service::outbound::AddressRange;
use std::net::SocketAddr;
use std::path::PathBuf;

const EXAMPLES: &str = "\
Examples:
  mien serve
  mien serve --demo
  mien serve --config mien.toml
  mien serve --data /srv/mien --listen 0.0.0.0:8670 --public-url https://faces.example

Put a server that speaks TLS before it when it is not for this machine alone. SIGINT and SIGTERM stop
it: what was taken is finished. While it runs, no other command can change the books.";

/// Answer the cloud API: fusions over HTTP, signed, metered and charged.
#[derive(Debug, ClapArgs)]
#[command(after_help = EXAMPLES)]
pub(crate) struct ServeArgs {
    /// A file with settings (TOML); flags and variables win over it. `mien config show` writes one.
    #[arg(long, value_name = "FILE", env = "MIEN_CONFIG")]
    pub(crate) config: Option<PathBuf>,

    /// Where to listen; port 0 takes any that is free [default: 127.0.0.1:8670].
    #[arg(long, value_name = "ADDRESS")]
    pub(crate) listen: Option<SocketAddr>,

    /// What the addresses of results begin with [default: http:// and the host that the client named].
    #[arg(long, value_name = "URL", value_parser = crate::config::public_url)]
    pub(crate) public_url: Option<String>,

    /// Also fetches pictures from these addresses of your own network, and delivers notices there.
    #[arg(long, value_name = "RANGE", num_args = 1.., value_parser = parse_range)]
    pub(crate) allow_private_addresses: Vec<AddressRange>,

    /// Makes an account with a key, an activity, a portrait and a licence, and shows how to call it.
    #[arg(long)]
    pub(crate) demo: bool,

    /// With --demo: in which languages to show how to call it.
    #[arg(
        long,
        value_name = "LANGUAGE",
        value_enum,
        value_delimiter = ',',
        default_value = "curl,python,node"
    )]
    pub(crate) snippets: Vec<Language>,

    #[command(flatten)]
    pub(crate) signing: SigningArgs,

    #[command(flatten)]
    pub(crate) log: LogArgs,

    #[command(flatten)]
    pub(crate) watching: WatchArgs,

    #[command(flatten)]
    pub(crate) books: BooksArgs,
}

/// With whose certificate pictures are signed.
#[derive(Debug, ClapArgs)]
#[command(next_help_heading = "Content Credentials (C2PA)")]
pub(crate) struct SigningArgs {
    /// Signs every picture with this certificate: PEM, the leaf first, then each issuer.
    #[arg(long, value_name = "FILE", env = "MIEN_C2PA_CERTIFICATE")]
    pub(crate) c2pa_certificate: Option<PathBuf>,

    /// The private key of the certificate: PEM, PKCS#8 without a password.
    #[arg(long, value_name = "FILE", env = "MIEN_C2PA_KEY")]
    pub(crate) c2pa_key: Option<PathBuf>,
}

/// A language that programs are shown in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Language {
    /// A shell, with curl and openssl.
    Curl,
    /// Python.
    Python,
    /// JavaScript for Node.js.
    Node,
    /// Go.
    Go,
    /// Java.
    Java,
    /// PHP.
    Php,
}

fn parse_range(text: &str) -> Result<AddressRange, String> {
    AddressRange::parse(text).map_err(|error| error.to_string())
}
