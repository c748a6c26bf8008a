//! A client that signs as the client libraries do, or wrongly.

use crate::world::{World, portrait};
use data_encoding::BASE64;
use serde_json::{Value, json};
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use web::tc3::Signer;

pub(crate) const OLD: &str = "2018-12-01";
pub(crate) const NEW: &str = "2022-09-27";

/// An HTTP answer.
pub(crate) struct Reply {
    pub(crate) status: u16,
    head: String,
    pub(crate) body: Vec<u8>,
}

impl Reply {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.head.lines().find_map(|line| {
            let (own, value) = line.split_once(": ")?;
            own.eq_ignore_ascii_case(name).then_some(value)
        })
    }

    /// The envelope's content.
    #[track_caller]
    pub(crate) fn response(&self) -> Value {
        assert_eq!(self.status, 200);
        assert_eq!(self.header("content-type"), Some("application/json"));
        let mut body: Value = serde_json::from_slice(&self.body).unwrap();
        assert_eq!(body["Response"]["RequestId"].as_str().unwrap().len(), 36);
        body["Response"].take()
    }

    /// The code of an error; `ok` where there is none.
    #[track_caller]
    pub(crate) fn code(&self) -> String {
        let response = self.response();
        response["Error"]["Code"]
            .as_str()
            .unwrap_or("ok")
            .to_owned()
    }
}

/// A request before it is signed and sent; every part of it can be made wrong.
#[derive(Clone)]
pub(crate) struct Draft<'w> {
    world: &'w World,
    pub(crate) method: &'static str,
    pub(crate) query: String,
    pub(crate) version: &'static str,
    pub(crate) action: &'static str,
    pub(crate) content_type: &'static str,
    pub(crate) service: &'static str,
    pub(crate) secret_id: String,
    pub(crate) secret_key: String,
    pub(crate) body: Vec<u8>,
    /// Seconds that the client's clock is slow.
    pub(crate) late_s: i64,
    /// In place of the right one.
    pub(crate) authorization: Option<&'static str>,
    pub(crate) headers: Vec<(&'static str, String)>,
    /// A header that is left out.
    pub(crate) without: &'static str,
}

impl World {
    pub(crate) fn draft(&self, version: &'static str, action: &'static str) -> Draft<'_> {
        Draft {
            world: self,
            method: "POST",
            query: String::new(),
            version,
            action,
            content_type: "application/json",
            service: "facefusion",
            secret_id: self.secret_id.clone(),
            secret_key: self.secret_key.clone(),
            body: b"{}".to_vec(),
            late_s: 0,
            authorization: None,
            headers: Vec::new(),
            without: "",
        }
    }

    /// Sends the fields of an action, a second after the last.
    pub(crate) fn call(
        &self,
        version: &'static str,
        action: &'static str,
        fields: &Value,
    ) -> Reply {
        self.pass(1000);
        let mut draft = self.draft(version, action);
        draft.body = fields.to_string().into_bytes();
        draft.send()
    }

    /// The fields of `FuseFace` with a good photo, as base64.
    pub(crate) fn fuse_face(&self) -> Value {
        json!({
            "ProjectId": self.activity.to_string(),
            "ModelId": self.material.to_string(),
            "RspImgType": "base64",
            "MergeInfos": [{ "Image": BASE64.encode(&portrait("U1")) }],
        })
    }

    pub(crate) fn get(&self, path: &str) -> Reply {
        let endpoint = self.endpoint;
        let head = format!("GET {path} HTTP/1.1\r\nHost: {endpoint}\r\nConnection: close\r\n\r\n");
        exchange(endpoint, head.as_bytes(), b"")
    }
}

impl Draft<'_> {
    pub(crate) fn send(&self) -> Reply {
        exchange(self.world.endpoint, &self.head(), &self.body)
    }

    /// The head as it is sent.
    pub(crate) fn head(&self) -> Vec<u8> {
        let endpoint = self.world.endpoint.to_string();
        let now_s = self.world.service.now().unix_ms() / 1000;
        let timestamp = now_s - self.late_s;
        let signer = Signer {
            secret_id: &self.secret_id,
            service: self.service,
        };
        let signed = [("content-type", self.content_type), ("host", &endpoint)];
        let authorization = signer.authorization(
            &self.secret_key,
            timestamp,
            self.method,
            &self.query,
            &signed,
            &self.body,
        );
        let authorization = self.authorization.map_or(authorization, str::to_owned);
        let mut headers = vec![
            ("Host", endpoint.clone()),
            ("Connection", "close".to_owned()),
            ("Content-Type", self.content_type.to_owned()),
            ("Content-Length", self.body.len().to_string()),
            ("Authorization", authorization),
            ("X-TC-Action", self.action.to_owned()),
            ("X-TC-Version", self.version.to_owned()),
            ("X-TC-Timestamp", timestamp.to_string()),
            ("X-TC-Language", "en-US".to_owned()),
        ];
        headers.extend(self.headers.iter().cloned());
        headers.retain(|(name, _)| *name != self.without);
        let query = match self.query.as_str() {
            "" => String::new(),
            query => format!("?{query}"),
        };
        let mut head = format!("{} /{query} HTTP/1.1\r\n", self.method);
        for (name, value) in headers {
            head += &format!("{name}: {value}\r\n");
        }
        head += "\r\n";
        head.into_bytes()
    }
}

/// Sends bytes and reads the answer to the end of the connection.
pub(crate) fn exchange(endpoint: SocketAddr, head: &[u8], body: &[u8]) -> Reply {
    let mut stream = TcpStream::connect(endpoint).unwrap();
    stream.write_all(head).unwrap();
    stream.write_all(body).unwrap();
    answer_of(&mut stream)
}

/// Reads an answer to the end of the connection.
pub(crate) fn answer_of(stream: &mut TcpStream) -> Reply {
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).unwrap();
    let end = answer.windows(4).position(|it| it == b"\r\n\r\n");
    let end = end.unwrap_or_else(|| panic!("no answer: {}", String::from_utf8_lossy(&answer)));
    let head = String::from_utf8(answer[..end].to_vec()).unwrap();
    Reply {
        status: head.split(' ').nth(1).unwrap().parse().unwrap(),
        head,
        body: answer[end + 4..].to_vec(),
    }
}
