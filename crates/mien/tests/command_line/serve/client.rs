//! A client that signs as the client libraries do.

use super::process::Serving;
use data_encoding::BASE64;
use serde_json::{Value, json};
use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::{SystemTime, UNIX_EPOCH};
use web::tc3::Signer;

/// An HTTP answer.
pub(super) struct Reply {
    pub(super) status: u16,
    head: String,
    pub(super) body: Vec<u8>,
}

impl Reply {
    pub(super) fn header(&self, name: &str) -> Option<&str> {
        self.head.lines().find_map(|line| {
            let (own, value) = line.split_once(": ")?;
            own.eq_ignore_ascii_case(name).then_some(value)
        })
    }

    /// The envelope's content, of an answer that is one.
    #[track_caller]
    pub(super) fn response(&self) -> Value {
        assert_eq!(self.status, 200);
        assert_eq!(self.header("content-type"), Some("application/json"));
        let mut body: Value = serde_json::from_slice(&self.body).unwrap();
        assert_eq!(body["Response"]["RequestId"].as_str().unwrap().len(), 36);
        body["Response"].take()
    }

    /// The code of an answer that tells of an error.
    #[track_caller]
    pub(super) fn code(&self) -> String {
        let response = self.response();
        let code = response["Error"]["Code"].as_str();
        code.unwrap_or_else(|| panic!("no error: {response}"))
            .to_owned()
    }
}

/// Sends bytes and reads the answer to the end of the connection.
pub(super) fn exchange(endpoint: &str, head: &str, body: &[u8]) -> Reply {
    let mut stream = TcpStream::connect(endpoint).unwrap();
    stream.write_all(head.as_bytes()).unwrap();
    stream.write_all(body).unwrap();
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).unwrap();
    let end = answer.windows(4).position(|it| it == b"\r\n\r\n").unwrap();
    let head = String::from_utf8(answer[..end].to_vec()).unwrap();
    Reply {
        status: head.split(' ').nth(1).unwrap().parse().unwrap(),
        head,
        body: answer[end + 4..].to_vec(),
    }
}

/// Fetches a path, or an address on this server.
pub(super) fn get(serving: &Serving, path: &str, headers: &str) -> Reply {
    let endpoint = serving.text("endpoint");
    let path = path.trim_start_matches("http://");
    let path = path.trim_start_matches(endpoint);
    let head =
        format!("GET {path} HTTP/1.1\r\nHost: {endpoint}\r\nConnection: close\r\n{headers}\r\n");
    exchange(endpoint, &head, b"")
}

/// A request to be signed and sent.
pub(super) struct Call<'a> {
    pub(super) version: &'a str,
    pub(super) action: &'a str,
    pub(super) secret_key: &'a str,
    /// Seconds between its timestamp and now.
    pub(super) age_s: i64,
    /// Lines of further headers.
    pub(super) headers: &'a str,
}

impl<'a> Call<'a> {
    pub(super) fn new(serving: &'a Serving, version: &'a str, action: &'a str) -> Call<'a> {
        Call {
            version,
            action,
            secret_key: serving.text("secret_key"),
            age_s: 0,
            headers: "",
        }
    }

    pub(super) fn send(&self, serving: &Serving, body: &Value) -> Reply {
        self.send_bytes(serving, body.to_string().as_bytes())
    }

    pub(super) fn send_bytes(&self, serving: &Serving, body: &[u8]) -> Reply {
        let endpoint = serving.text("endpoint");
        let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap();
        let timestamp = now.as_secs() as i64 - self.age_s;
        let signed = [("content-type", "application/json"), ("host", endpoint)];
        let authorization = Signer::new(serving.text("secret_id")).authorization(
            self.secret_key,
            timestamp,
            "POST",
            "",
            &signed,
            body,
        );
        let head = format!(
            "POST / HTTP/1.1\r\nHost: {endpoint}\r\nConnection: close\r\n\
             Content-Type: application/json\r\nContent-Length: {}\r\n\
             Authorization: {authorization}\r\nX-TC-Action: {}\r\nX-TC-Version: {}\r\n\
             X-TC-Timestamp: {timestamp}\r\n{}\r\n",
            body.len(),
            self.action,
            self.version,
            self.headers
        );
        exchange(endpoint, &head, body)
    }
}

/// The fields of `FuseFace` with one photo.
pub(super) fn fuse_face(serving: &Serving, form: &str, photo: &[u8]) -> Value {
    json!({
        "ProjectId": serving.text("project_id"),
        "ModelId": serving.text("model_id"),
        "RspImgType": form,
        "MergeInfos": [{ "Image": BASE64.encode(photo) }],
    })
}
