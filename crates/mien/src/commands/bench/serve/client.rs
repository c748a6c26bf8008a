//! A small client: requests are signed beforehand and sent over connections that stay open.

use super::server::Scene;
use crate::failure::Failure;
use data_encoding::BASE64;
use serde_json::json;
use std::io::{self, Read, Write};
use std::net::TcpStream;
use std::time::{Duration, SystemTime, UNIX_EPOCH};
use web::tc3::Signer;

/// How long an answer may take.
const PATIENCE: Duration = Duration::from_secs(60);

/// Signs requests to one server.
pub(super) struct Caller<'a> {
    scene: &'a Scene,
    endpoint: String,
}

/// A connection to a server.
pub(super) struct Connection {
    stream: TcpStream,
    buffer: Vec<u8>,
}

/// What an answer says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Answer {
    /// What was asked for.
    Done,
    /// The code of an error.
    Refused(String),
}

pub(super) fn internal(error: impl std::fmt::Display) -> Failure {
    Failure::Internal(format!("the client that measures: {error}"))
}

impl<'a> Caller<'a> {
    pub(super) fn new(scene: &'a Scene, endpoint: &str) -> Caller<'a> {
        Caller {
            scene,
            endpoint: endpoint.to_owned(),
        }
    }

    pub(super) fn connect(&self) -> Result<Connection, Failure> {
        let stream = TcpStream::connect(&self.endpoint).map_err(internal)?;
        stream.set_nodelay(true).map_err(internal)?;
        stream.set_read_timeout(Some(PATIENCE)).map_err(internal)?;
        Ok(Connection {
            stream,
            buffer: Vec::new(),
        })
    }

    /// A fusion of the selfie, its result kept to be fetched.
    pub(super) fn fusion(&self) -> Vec<u8> {
        self.fusion_as("url")
    }

    /// A fusion of the selfie whose result comes with the answer.
    pub(super) fn fusion_at_once(&self) -> Vec<u8> {
        self.fusion_as("base64")
    }

    fn fusion_as(&self, result: &str) -> Vec<u8> {
        let scene = self.scene;
        let fields = json!({
            "ProjectId": scene.activity.to_string(),
            "ModelId": scene.material.to_string(),
            "RspImgType": result,
            "MergeInfos": [{ "Image": BASE64.encode(super::super::SELFIE) }],
        });
        self.signed(&scene.secret_key, fields.to_string().as_bytes())
    }

    /// A small call of an activity that may be called once a second.
    pub(super) fn small(&self) -> Vec<u8> {
        self.signed(&self.scene.secret_key, self.small_fields().as_bytes())
    }

    /// The same, signed with another's key.
    pub(super) fn forged(&self) -> Vec<u8> {
        self.signed("of somebody else", self.small_fields().as_bytes())
    }

    fn small_fields(&self) -> String {
        json!({
            "ProjectId": self.scene.slow.to_string(),
            "ModelId": self.scene.material.to_string(),
            "MergeInfos": [{ "Url": "https://pictures.example/selfie.jpg" }],
        })
        .to_string()
    }

    /// The head of a request that announces so many bytes.
    pub(super) fn head(&self, bytes: usize) -> Vec<u8> {
        let endpoint = &self.endpoint;
        format!("POST / HTTP/1.1\r\nHost: {endpoint}\r\nContent-Length: {bytes}\r\n\r\n")
            .into_bytes()
    }

    fn signed(&self, secret_key: &str, body: &[u8]) -> Vec<u8> {
        let endpoint = self.endpoint.as_str();
        let now = SystemTime::now().duration_since(UNIX_EPOCH);
        let timestamp = now.map_or(0, |now| now.as_secs()) as i64;
        let signed = [("content-type", "application/json"), ("host", endpoint)];
        let signer = Signer::new(&self.scene.secret_id);
        let authorization = signer.authorization(secret_key, timestamp, "POST", "", &signed, body);
        let mut request = format!(
            "POST / HTTP/1.1\r\nHost: {endpoint}\r\nContent-Type: application/json\r\n\
             Content-Length: {}\r\nAuthorization: {authorization}\r\nX-TC-Action: FuseFace\r\n\
             X-TC-Version: 2022-09-27\r\nX-TC-Timestamp: {timestamp}\r\n\r\n",
            body.len()
        )
        .into_bytes();
        request.extend_from_slice(body);
        request
    }
}

impl Connection {
    pub(super) fn send(&mut self, request: &[u8]) -> Result<(), Failure> {
        self.stream.write_all(request).map_err(internal)
    }

    /// Reads the next answer.
    pub(super) fn receive(&mut self) -> Result<Answer, Failure> {
        let (head, length) = loop {
            if let Some(end) = self.buffer.windows(4).position(|four| four == b"\r\n\r\n") {
                let head = String::from_utf8_lossy(&self.buffer[..end]).to_ascii_lowercase();
                let length = head
                    .lines()
                    .find_map(|line| line.strip_prefix("content-length:"))
                    .and_then(|length| length.trim().parse::<usize>().ok());
                let length = length.ok_or_else(|| internal("an answer without its length"))?;
                break (end + 4, length);
            }
            self.fill()?;
        };
        while self.buffer.len() < head + length {
            self.fill()?;
        }
        // An error is short and begins the answer; a picture is long and costs time to look through.
        let beginning = head + length.min(1 << 10);
        let body = String::from_utf8_lossy(&self.buffer[head..beginning]);
        let code = body
            .split_once("\"Code\":\"")
            .and_then(|(_, rest)| rest.split_once('"'));
        let answer = code.map_or(Answer::Done, |(code, _)| Answer::Refused(code.to_owned()));
        self.buffer.drain(..head + length);
        Ok(answer)
    }

    pub(super) fn call(&mut self, request: &[u8]) -> Result<Answer, Failure> {
        self.send(request)?;
        self.receive()
    }

    fn fill(&mut self) -> Result<(), Failure> {
        let mut piece = [0; 16 << 10];
        match self.stream.read(&mut piece).map_err(internal)? {
            0 => Err(internal(io::Error::from(io::ErrorKind::UnexpectedEof))),
            read => {
                self.buffer.extend_from_slice(&piece[..read]);
                Ok(())
            }
        }
    }
}
