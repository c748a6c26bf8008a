//! Traces for a collector that speaks OTLP over HTTP (JSON).

use super::request::{Ended, OK};
use billing::Moment;
use opentelemetry::propagation::{Extractor, TextMapPropagator as _};
use opentelemetry::trace::{
    Span as _, SpanBuilder, SpanKind, Status, TraceContextExt as _, Tracer as _,
    TracerProvider as _,
};
use opentelemetry::{Context, KeyValue};
use opentelemetry_http::{Bytes, HttpClient, HttpError, Request, Response};
use opentelemetry_otlp::{Protocol, SpanExporter, WithExportConfig as _, WithHttpConfig as _};
use opentelemetry_sdk::Resource;
use opentelemetry_sdk::propagation::TraceContextPropagator;
use opentelemetry_sdk::trace::{SdkTracer, SdkTracerProvider};
use service::course::Stage;
use std::time::{Duration, SystemTime, UNIX_EPOCH};
use thiserror::Error;

/// How long the collector may take.
const PATIENCE: Duration = Duration::from_secs(10);

/// Why no traces can be sent.
#[derive(Debug, Error)]
#[error("traces cannot be sent to {endpoint}: {reason}")]
pub struct TracesError {
    /// The collector.
    pub endpoint: String,
    /// What is wrong with it.
    pub reason: String,
}

/// Sends a span for each request and one for each of its stages, from a thread of their own.
#[derive(Debug)]
pub(super) struct Traces {
    provider: SdkTracerProvider,
    tracer: SdkTracer,
    parents: TraceContextPropagator,
}

impl Traces {
    /// `endpoint` is the collector's, such as `http://127.0.0.1:4318`.
    pub(super) fn start(endpoint: &str) -> Result<Traces, TracesError> {
        let exporter = SpanExporter::builder()
            .with_http()
            .with_http_client(Client::new())
            .with_protocol(Protocol::HttpJson)
            .with_endpoint(format!("{}/v1/traces", endpoint.trim_end_matches('/')))
            .with_timeout(PATIENCE)
            .build()
            .map_err(|error| TracesError {
                endpoint: endpoint.to_owned(),
                reason: error.to_string(),
            })?;
        let resource = Resource::builder()
            .with_service_name("mien")
            .with_attribute(KeyValue::new("service.version", env!("CARGO_PKG_VERSION")))
            .build();
        let provider = SdkTracerProvider::builder()
            .with_batch_exporter(exporter)
            .with_resource(resource)
            .build();
        Ok(Traces {
            tracer: provider.tracer("mien"),
            provider,
            parents: TraceContextPropagator::new(),
        })
    }

    /// Sends a request that ended just `now`, which is `now_ns` by the clock of its stages.
    pub(super) fn send(&self, ended: &Ended<'_>, now: Moment, now_ns: u64) {
        let now = UNIX_EPOCH + Duration::from_millis(u64::try_from(now.unix_ms()).unwrap_or(0));
        let at = |ns: u64| -> SystemTime { now - Duration::from_nanos(now_ns.saturating_sub(ns)) };
        let parent = self.parents.extract(&Parent(ended.trace_parent));
        let whole = ended.passages.iter();
        let Some(whole) = whole.rev().find(|passage| passage.stage == Stage::Total) else {
            return;
        };
        let action = ended
            .operation
            .map_or("none", |operation| operation.action());
        let mut root = self.tracer.build_with_context(
            SpanBuilder::from_name(action)
                .with_kind(SpanKind::Server)
                .with_start_time(at(whole.began_ns))
                .with_attributes([
                    KeyValue::new("mien.request", ended.id.to_owned()),
                    KeyValue::new("mien.version", ended.version.name()),
                    KeyValue::new("mien.code", ended.code),
                    KeyValue::new("mien.charged_to", ended.charged_to),
                ]),
            &parent,
        );
        if ended.code != OK {
            root.set_status(Status::error(ended.code));
        }
        let inside = Context::new().with_remote_span_context(root.span_context().clone());
        for passage in &ended.passages {
            if passage.stage != Stage::Total {
                let span = SpanBuilder::from_name(passage.stage.name())
                    .with_start_time(at(passage.began_ns));
                let mut span = self.tracer.build_with_context(span, &inside);
                span.end_with_timestamp(at(passage.ended_ns));
            }
        }
        root.end_with_timestamp(at(whole.ended_ns));
    }

    /// Sends what waits. What the collector does not take is lost, and nobody can be told any more.
    pub(super) fn stop(&self) {
        let _ = self.provider.shutdown();
    }
}

/// The header `traceparent` of a request.
struct Parent<'a>(Option<&'a str>);

impl Extractor for Parent<'_> {
    fn get(&self, key: &str) -> Option<&str> {
        self.0.filter(|_| key == "traceparent")
    }

    fn keys(&self) -> Vec<&str> {
        self.0.map(|_| "traceparent").into_iter().collect()
    }
}

/// Carries spans. It blocks, on the thread that does nothing else.
#[derive(Debug)]
struct Client(ureq::Agent);

impl Client {
    fn new() -> Client {
        let config = ureq::Agent::config_builder()
            .timeout_global(Some(PATIENCE))
            .http_status_as_error(false)
            .max_redirects(0)
            .build();
        Client(config.into())
    }

    fn send(&self, request: Request<Bytes>) -> Result<Response<Bytes>, HttpError> {
        let (parts, body) = request.into_parts();
        let request = Request::from_parts(parts, body.to_vec());
        let mut response = self.0.run(request)?;
        let body = response.body_mut().read_to_vec()?;
        let mut answer = Response::new(Bytes::from(body));
        *answer.status_mut() = response.status();
        Ok(answer)
    }
}

impl HttpClient for Client {
    fn send_bytes<'client, 'sending>(
        &'client self,
        request: Request<Bytes>,
    ) -> std::pin::Pin<Box<dyn Future<Output = Result<Response<Bytes>, HttpError>> + Send + 'sending>>
    where
        'client: 'sending,
        Self: 'sending,
    {
        Box::pin(std::future::ready(self.send(request)))
    }
}

#[cfg(test)]
mod tests;
