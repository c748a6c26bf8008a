//! The HTML of a page: what apps read of a link without running scripts, and the colours it begins in.

use service::{CampaignContent, Page};
use std::fmt::Write as _;

/// The built page, told whose it is: its title, a card for who shares the link, its colours from the first moment.
///
/// `base` is what the page's own address begins with.
pub(crate) fn document(built: &str, page: &Page, base: &str) -> String {
    let content = &page.content;
    let title = format!("<title>{}</title>", escaped(&content.title));
    let colours = format!("<html style=\"{}\"", escaped(&style(content)));
    let html = between(built, "<title>", "</title>", &title);
    let html = html.replacen("<html", &colours, 1);
    let head = format!("{}</head>", card(page, base));
    html.replacen("</head>", &head, 1)
}

/// What shows a link tells of it: Open Graph, the description of search engines, and the names that QQ reads.
fn card(page: &Page, base: &str) -> String {
    let content = &page.content;
    let title = or(&content.share.title, &content.title);
    let description = or(&content.share.description, &content.subtitle);
    let address = format!("{base}/c/{}", page.slug);
    let picture = picture(page).map(|path| format!("{base}{path}"));
    let picture = picture.as_deref().unwrap_or_default();
    let size = match picture.is_empty() {
        true => "summary",
        false => "summary_large_image",
    };
    let mut tags = String::new();
    for (kind, name, value) in [
        ("property", "og:type", "website"),
        ("property", "og:title", title),
        ("property", "og:description", description),
        ("property", "og:url", &address),
        ("property", "og:image", picture),
        ("name", "twitter:card", size),
        ("name", "description", description),
        ("itemprop", "name", title),
        ("itemprop", "image", picture),
        ("name", "theme-color", &content.colours.primary),
    ] {
        if !value.is_empty() {
            // Writing to a string cannot fail.
            let _ = writeln!(
                tags,
                "    <meta {kind}=\"{name}\" content=\"{}\" />",
                escaped(value)
            );
        }
    }
    let _ = writeln!(
        tags,
        "    <link rel=\"canonical\" href=\"{}\" />",
        escaped(&address)
    );
    tags
}

/// The cover, else the first template, as a small picture: apps fetch no large ones for a card.
fn picture(page: &Page) -> Option<String> {
    let slug = &page.slug;
    if let Some(tag) = &page.cover {
        return Some(format!("/c/{slug}/cover?v={tag}&width=640"));
    }
    let first = page.materials.first()?;
    let (id, tag) = (first.id, &first.picture);
    Some(format!("/c/{slug}/materials/{id}?v={tag}&width=640"))
}

/// The page's colours, so that it does not flash up in others before its script runs.
fn style(content: &CampaignContent) -> String {
    let colours = &content.colours;
    format!(
        "--primary:{};--background:{};--text:{}",
        colours.primary, colours.background, colours.text
    )
}

/// `html` with another piece in place of the one from `start` to `end`.
fn between(html: &str, start: &str, end: &str, piece: &str) -> String {
    let found = html.split_once(start);
    let found = found.and_then(|(before, rest)| Some((before, rest.split_once(end)?.1)));
    match found {
        Some((before, after)) => format!("{before}{piece}{after}"),
        None => html.to_owned(),
    }
}

fn or<'a>(text: &'a str, other: &'a str) -> &'a str {
    match text.is_empty() {
        true => other,
        false => text,
    }
}

/// Text that stays text, between tags and in quoted attributes.
fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            // A line in a title would be one in the tag.
            c if c.is_control() => safe.push(' '),
            c => safe.push(c),
        }
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_stays_text() {
        for (text, safe) in [
            ("灯会 2027", "灯会 2027"),
            ("\"<b>&'</b>", "&quot;&lt;b&gt;&amp;&#39;&lt;/b&gt;"),
            ("&amp;", "&amp;amp;"),
            ("one\ntwo", "one two"),
            ("", ""),
        ] {
            assert_eq!(escaped(text), safe, "{text:?}");
        }
    }

    #[test]
    fn a_piece_is_replaced_where_it_is() {
        let html = "<head><title>mien</title></head>";
        let title = "<title>$1 灯会</title>";
        assert_eq!(
            between(html, "<title>", "</title>", title),
            "<head><title>$1 灯会</title></head>"
        );
        for other in ["<head></head>", "<title>never ends"] {
            assert_eq!(between(other, "<title>", "</title>", title), other);
        }
    }
}
