//! `mien serve`.

mod demo;
mod log;
mod snippets;

use crate::args::{Language, ServeArgs};
use crate::books;
use crate::commands::config::{layers, put_signing};
use crate::config::{self, Config, Layers, Value as Written};
use crate::credential::{self, Opened};
use crate::failure::Failure;
use crate::report::{Report, complain};
pub(super) use demo::Demo;
use serde_json::{Value, json};
use service::Login;
use service::fetch::HttpFetcher;
use service::webhook::{AddressPolicy, HttpCourier};
use std::net::SocketAddr;
use std::sync::Arc;
use web::server::Server;

pub(crate) fn run(args: &ServeArgs, report: &mut Report) -> Result<u8, Failure> {
    log::start(&args.log);
    let (config, layers) = configuration(args)?;
    let opened = credential::open(&config, &layers, args.config.as_deref())?;
    for warning in opened.iter().flat_map(|opened| &opened.warnings) {
        complain(&format!("warning: {warning}"));
    }
    let books = args.books.with(&config);
    let policy = match config.allow_private_addresses.as_slice() {
        [] => AddressPolicy::PublicOnly,
        ranges => AddressPolicy::PublicAnd(ranges.to_vec()),
    };
    let fetcher = Arc::new(HttpFetcher::new(policy.clone()));
    let service = Arc::new(books::open_to_serve(
        &books,
        config.settings,
        fetcher.clone(),
        opened.as_ref().map(Opened::signer),
    )?);
    let demo = args.demo.then(|| Demo::make(&service, books.data()));
    let demo = demo
        .transpose()
        .map_err(|failure| failure.in_zone(service.calendar()))?;
    // A demo has operators of its own.
    let first_operator = match &demo {
        Some(_) => None,
        None => service.ensure_operator()?,
    };
    let listen_at = config.listen;
    let config = web::server::Config {
        public_url: config.public_url,
        fetcher: Some(fetcher),
        courier: Arc::new(HttpCourier::new(policy)),
        limits: config.limits,
        demo_logins: demo.iter().flat_map(|demo| demo.logins.clone()).collect(),
        metrics_listen: args.watching.metrics_listen,
        metrics_token: metrics_token(),
        otlp: args.watching.otlp.clone(),
        log_clients: args.log.log_clients,
    };
    let listen = |source| Failure::Listen {
        address: listen_at,
        source,
    };
    let server = Server::bind(Arc::clone(&service), listen_at, config).map_err(listen)?;
    // The first call must not wait for the nets.
    service.check_ready()?;
    let announced = Announced {
        address: server.address(),
        signed_by: opened.as_ref(),
        first_operator: first_operator.as_ref(),
        demo: demo.as_ref(),
        languages: &args.snippets,
    };
    announced.tell(report)?;
    server.run().map_err(Failure::Server)?;
    Ok(0)
}

/// What the file, the environment and the flags say together.
fn configuration(args: &ServeArgs) -> Result<(Config, Layers), Failure> {
    let file = args.config.as_deref();
    let mut layers = layers(file, &args.books)?;
    let mut put = |name, flag, value| config::put_flag(&mut layers, name, flag, value);
    if let Some(listen) = args.listen {
        put("listen", "--listen", Written::Text(listen.to_string()));
    }
    if let Some(url) = &args.public_url {
        put("public_url", "--public-url", Written::Text(url.clone()));
    }
    if !args.allow_private_addresses.is_empty() {
        let ranges = args.allow_private_addresses.iter();
        let ranges = Written::List(ranges.map(ToString::to_string).collect());
        put(
            "allow_private_addresses",
            "--allow-private-addresses",
            ranges,
        );
    }
    put_signing(&mut layers, &args.signing);
    Ok((config::resolve(&layers, file)?, layers))
}

/// What is said once it listens.
struct Announced<'a> {
    address: SocketAddr,
    /// With what pictures are signed.
    signed_by: Option<&'a Opened>,
    /// Whoever runs this mien from now on; told this once.
    first_operator: Option<&'a Login>,
    demo: Option<&'a Demo>,
    /// Of the programs to try it with.
    languages: &'a [Language],
}

impl Announced<'_> {
    /// Says where it listens, how to sign in, and with what it can be tried out.
    fn tell(&self, report: &mut Report) -> Result<(), Failure> {
        match report.is_json() {
            true => report.document_line(&self.document())?,
            false => self.lines(report),
        }
        report.flush()
    }

    fn lines(&self, report: &mut Report) {
        match self.demo {
            None => report.line(&format!("listening on http://{}", self.address)),
            Some(demo) => report.line(&snippets::text(self.address, demo, self.languages)),
        }
        if let Some(opened) = self.signed_by {
            report.line(&opened.line());
        }
        if let Some(Login {
            login, password, ..
        }) = self.first_operator
        {
            report.line(&format!(
                "the first operator is {login}, the password {password}; it is not shown again"
            ));
        }
    }

    fn document(&self) -> Value {
        let login = |login: &Login| json!({ "login": login.login, "password": login.password });
        let mut document = json!({
            "console": format!("http://{}/console/", self.address),
            "endpoint": self.address.to_string(),
        });
        if let Some(opened) = self.signed_by {
            document["signer"] = json!(opened.credential.name());
        }
        if let Some(first) = self.first_operator {
            document["first_operator"] = login(first);
        }
        if let Some(demo) = self.demo {
            document["logins"] = demo.logins.iter().map(login).collect();
            document["secret_id"] = json!(demo.secret_id);
            document["secret_key"] = json!(demo.secret_key);
            document["project_id"] = json!(demo.activity);
            document["model_id"] = json!(demo.material);
            document["face"] = json!(demo.face.display().to_string());
        }
        document
    }
}

/// What callers of `/metrics` have to show. It comes by the environment, for anybody can read a command line.
fn metrics_token() -> Option<String> {
    let token = std::env::var("MIEN_METRICS_TOKEN").ok();
    token.filter(|token| !token.is_empty())
}
