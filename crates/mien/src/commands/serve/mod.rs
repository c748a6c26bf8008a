//! `mien serve`.

mod demo;
mod log;
mod snippets;

use crate::args::{Language, ServeArgs};
use crate::books;
use crate::failure::Failure;
use crate::report::Report;
pub(super) use demo::Demo;
use serde_json::json;
use service::fetch::HttpFetcher;
use service::webhook::{AddressPolicy, HttpCourier};
use std::net::SocketAddr;
use std::sync::Arc;
use web::server::{Config, Limits, Server};

pub(crate) fn run(args: &ServeArgs, report: &mut Report) -> Result<u8, Failure> {
    log::start(&args.log);
    let policy = match args.allow_private_addresses.as_slice() {
        [] => AddressPolicy::PublicOnly,
        ranges => AddressPolicy::PublicAnd(ranges.to_vec()),
    };
    let fetcher = Arc::new(HttpFetcher::new(policy.clone()));
    let service = Arc::new(books::open_to_serve(&args.books, fetcher.clone())?);
    let demo = args.demo.then(|| Demo::make(&service, &args.books.data));
    let demo = demo
        .transpose()
        .map_err(|failure| failure.in_zone(service.calendar()))?;
    let config = Config {
        public_url: args.public_url.clone(),
        fetcher: Some(fetcher),
        courier: Arc::new(HttpCourier::new(policy)),
        limits: Limits::default(),
        metrics_listen: args.watching.metrics_listen,
        metrics_token: metrics_token(),
        otlp: args.watching.otlp.clone(),
        log_clients: args.log.log_clients,
    };
    let listen = |source| Failure::Listen {
        address: args.listen,
        source,
    };
    let server = Server::bind(Arc::clone(&service), args.listen, config).map_err(listen)?;
    // The first call must not wait for the nets.
    service.check_ready()?;
    announce(server.address(), demo.as_ref(), &args.snippets, report)?;
    server.run().map_err(Failure::Server)?;
    Ok(0)
}

/// What callers of `/metrics` have to show. It comes by the environment, for anybody can read a command line.
fn metrics_token() -> Option<String> {
    let token = std::env::var("MIEN_METRICS_TOKEN").ok();
    token.filter(|token| !token.is_empty())
}

/// Says where it listens, and with what it can be tried out.
fn announce(
    address: SocketAddr,
    demo: Option<&Demo>,
    languages: &[Language],
    report: &mut Report,
) -> Result<(), Failure> {
    match (demo, report.is_json()) {
        (None, false) => report.line(&format!("listening on http://{address}")),
        (None, true) => {
            report.document_line(&json!({ "console": null, "endpoint": address.to_string() }))?;
        }
        (Some(demo), false) => report.line(&snippets::text(address, demo, languages)),
        (Some(demo), true) => report.document_line(&json!({
            "console": null,
            "endpoint": address.to_string(),
            "secret_id": demo.secret_id,
            "secret_key": demo.secret_key,
            "project_id": demo.activity.to_string(),
            "model_id": demo.material.to_string(),
            "face": demo.face.display().to_string(),
        }))?,
    }
    report.flush()
}
