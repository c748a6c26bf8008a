//! Programs that call the demo server, ready to be pasted.

use super::demo::Demo;
use crate::args::Language;
use std::net::SocketAddr;

/// A program.
struct Snippet {
    language: Language,
    /// Its language, and what it needs.
    title: &'static str,
    text: &'static str,
}

const SNIPPETS: [Snippet; 6] = [
    Snippet {
        language: Language::Curl,
        title: "curl and openssl",
        text: include_str!("curl.sh"),
    },
    Snippet {
        language: Language::Python,
        title: "Python (pip install tencentcloud-sdk-python-facefusion)",
        text: include_str!("python.py"),
    },
    Snippet {
        language: Language::Node,
        title: "Node (npm install tencentcloud-sdk-nodejs)",
        text: include_str!("node.js"),
    },
    Snippet {
        language: Language::Go,
        title: "Go (go get github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/facefusion)",
        text: include_str!("main.go"),
    },
    Snippet {
        language: Language::Java,
        title: "Java (com.tencentcloudapi:tencentcloud-sdk-java)",
        text: include_str!("Main.java"),
    },
    Snippet {
        language: Language::Php,
        title: "PHP (composer require tencentcloud/facefusion)",
        text: include_str!("main.php"),
    },
];

/// Where it listens, and the programs in these languages.
pub(super) fn text(address: SocketAddr, demo: &Demo, languages: &[Language]) -> String {
    let mut text = format!("listening on http://{address}\n");
    text += &format!("\nConsole: http://{address}/console/\n");
    for login in &demo.logins {
        text += &format!("    {}  {}\n", login.login, login.password);
    }
    let wanted = |snippet: &&Snippet| languages.contains(&snippet.language);
    for snippet in SNIPPETS.iter().filter(wanted) {
        text += &format!("\n{}:\n\n", snippet.title);
        for line in filled(snippet.text, address, demo).lines() {
            // Nothing stands before the lines, so that they can be pasted as they are.
            text += line;
            text.push('\n');
        }
    }
    text
}

fn filled(text: &str, address: SocketAddr, demo: &Demo) -> String {
    text.replace("ADDRESS", &address.to_string())
        .replace("SECRET_ID", &demo.secret_id)
        .replace("SECRET_KEY", &demo.secret_key)
        .replace("PROJECT", &demo.activity.to_string())
        .replace("MODEL", &demo.material.to_string())
        .replace("FACE", &demo.face.display().to_string())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    #[test]
    fn every_program_names_all_that_differs_and_stands_in_the_documentation() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/SDK.md");
        let documentation = fs::read_to_string(path).unwrap();
        for snippet in &SNIPPETS {
            for word in [
                "ADDRESS",
                "SECRET_ID",
                "SECRET_KEY",
                "PROJECT",
                "MODEL",
                "FACE",
            ] {
                assert!(snippet.text.contains(word), "{}: {word}", snippet.title);
            }
            assert!(documentation.contains(snippet.text), "{}", snippet.title);
        }
    }
}
