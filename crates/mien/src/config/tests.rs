use super::*;

/// The configuration of a file's text, or its faults by place and text.
fn config(text: &str) -> Result<Config, Vec<(String, String)>> {
    let layers = given::of_text(text);
    let config = layers.and_then(|layers| Config::of(&layers));
    let tell = |fault: Fault| (fault.place, fault.what);
    config.map_err(|faults| faults.into_iter().map(tell).collect())
}

#[test]
fn what_is_not_set_has_its_default_and_what_is_shown_says_the_same() {
    let usual = config("").unwrap();
    assert_eq!(usual.listen.to_string(), "127.0.0.1:8670");
    assert_eq!(usual.limits, Limits::default());
    let again = config(&text(&shown(&usual, &Layers::new()))).unwrap();
    assert_eq!(format!("{again:?}"), format!("{usual:?}"));
}

#[test]
fn every_setting_is_read() {
    let text = "\
data = \"/srv/mien\"
zone = \"Europe/Berlin\"
listen = \"[::1]:80\"
public_url = \"https://faces.example\"
storage = \"s3://bucket/prefix?region=eu-1\"
allow_private_addresses = [\"10.0.0.0/8\", \"192.168.7.1\"]
contact = \"ops@faces.example\"
[limits]
connections = 1_000
upload_mb = 64
head_timeout_s = 1
body_timeout_s = 2
stall_timeout_s = 3
activities = 4
material_lists_per_second = 5
[sessions]
idle_hours = 6
longest_days = 7
[costs]
password_memory_mb = 8
password_passes = 9
[c2pa]
certificate = \"/etc/mien/chain.pem\"
key = \"/etc/mien/key.pem\"
";
    let layers = given::of_text(text).unwrap();
    assert_eq!(layers.len(), SETTINGS.len());
    let config = Config::of(&layers).unwrap();
    let values: Vec<String> = shown(&config, &layers)
        .iter()
        .map(|shown| shown.value.to_string())
        .collect();
    assert_eq!(
        values[7..18],
        ["1000", "64", "1", "2", "3", "4", "5", "6", "7", "8", "9"]
    );
    assert_eq!(values[5], r#"["10.0.0.0/8","192.168.7.1/32"]"#);
    assert_eq!(
        values[18..],
        [r#""/etc/mien/chain.pem""#, r#""/etc/mien/key.pem""#]
    );
}

#[test]
fn every_fault_is_named_with_its_line_and_what_to_do() {
    let text = "\
lisen = \"127.0.0.1:80\"
listen = \"here\"
data = 7
storage = \"ftp://x\"
allow_private_addresses = \"10.0.0.0/8\"
limits = 3
connections = 9
colour = \"red\"
public_url = \"ftp://x\"
[sessions]
idle_hours = 0
longest_days = \"7\"
";
    // What is not known is told first, alone: nothing else is believed of such a file.
    let faults = config(text).unwrap_err();
    let expected = [
        ("line 1", "did you mean listen?"),
        ("line 6", "write [limits]"),
        ("line 7", "did you mean limits.connections?"),
        ("line 8", "`mien config show` lists them all"),
    ];
    let mut found = faults.clone();
    found.sort();
    assert_eq!(found.len(), expected.len(), "{faults:?}");
    for ((place, what), (line, part)) in found.iter().zip(expected) {
        assert!(place == line && what.contains(part), "{place}: {what}");
    }
    let known: Vec<&str> = text.lines().collect();
    let known = [&known[1..5], &known[8..]].concat().join("\n");
    let faults = config(&known).unwrap_err();
    for (line, part) in [
        ("line 1", "write one as 127.0.0.1:8670"),
        ("line 2", "put it in quotation marks"),
        ("line 3", "storage: "),
        ("line 4", "must be a list"),
        ("line 5", "public_url: "),
        ("line 7", "from 1 to 8760"),
        ("line 8", "from 1 to 365"),
    ] {
        let found = faults.iter().find(|(place, _)| place == line);
        assert!(
            found.is_some_and(|(_, what)| what.contains(part)),
            "{line}: {faults:?}"
        );
    }
    assert_eq!(faults.len(), 7, "{faults:?}");
    for (alone, other) in [("certificate", "key"), ("key", "certificate")] {
        let faults = config(&format!("[c2pa]\n{alone} = \"a.pem\"\n")).unwrap_err();
        let what = format!("c2pa.{alone} needs c2pa.{other} beside it");
        assert_eq!(faults, [("line 2".to_owned(), what)]);
    }
    let broken = config("data = \"a\"\nlisten 7\n").unwrap_err();
    assert_eq!(broken[0].0, "line 2");
}

#[test]
fn flags_win_over_the_file() {
    let mut layers = given::of_text("listen = \"127.0.0.1:1\"").unwrap();
    let value = Value::Text("127.0.0.1:2".to_owned());
    put_flag(&mut layers, "listen", "--listen", value);
    let config = Config::of(&layers).unwrap();
    assert_eq!(config.listen.port(), 2);
    let origin = &shown(&config, &layers)[2].origin;
    assert_eq!(origin, "--listen");
}
