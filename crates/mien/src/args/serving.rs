//! `mien serve`.

use super::BooksArgs;
use clap::Args as ClapArgs;
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

    #[command(flatten)]
    pub(crate) books: BooksArgs,
}

fn parse_range(text: &str) -> Result<AddressRange, String> {
    AddressRange::parse(text).map_err(|error| error.to_string())
}
