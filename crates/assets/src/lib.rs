//! The files of the web console and the campaign page, as `npm run build` left them in `console/dist`.

/// A file to be given out.
#[derive(Debug)]
pub struct Asset {
    /// Where it lies below `/console/`, such as `assets/console-BNiZF_7I.js`.
    pub path: &'static str,
    /// Its media type.
    pub media_type: &'static str,
    /// Another one when its contents are others, in quotes.
    pub etag: &'static str,
    /// Its bytes.
    pub plain: &'static [u8],
    /// Its bytes by gzip, where that makes them fewer.
    pub gzip: Option<&'static [u8]>,
    /// Its bytes by Brotli, where that makes them fewer.
    pub brotli: Option<&'static [u8]>,
}

impl Asset {
    /// Whether its name holds a hash of its contents, so that it may be kept for ever.
    pub fn is_hashed(&self) -> bool {
        self.path.starts_with("assets/")
    }
}

static ASSETS: &[Asset] = include!(concat!(env!("OUT_DIR"), "/assets.rs"));

/// The file at a path below `/console/`.
pub fn find(path: &str) -> Option<&'static Asset> {
    let index = ASSETS.binary_search_by(|asset| asset.path.cmp(path)).ok()?;
    ASSETS.get(index)
}

/// The page of the console; every path of it begins here.
pub fn console() -> Option<&'static Asset> {
    find("index.html")
}

/// The campaign page.
pub fn campaign() -> Option<&'static Asset> {
    find("campaign.html")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_pages_are_there_and_name_only_files_that_are() {
        for page in [console().unwrap(), campaign().unwrap()] {
            let html = std::str::from_utf8(page.plain).unwrap();
            let named = html
                .split('"')
                .filter_map(|word| word.strip_prefix("/console/"));
            let named: Vec<&str> = named.collect();
            assert!(!named.is_empty(), "{}", page.path);
            for path in named {
                assert!(find(path).is_some(), "{} names {path}", page.path);
            }
        }
    }

    #[test]
    fn every_file_is_found_by_its_path() {
        for asset in ASSETS {
            assert_eq!(find(asset.path).map(|found| found.etag), Some(asset.etag));
            assert_ne!(
                asset.media_type, "application/octet-stream",
                "{}",
                asset.path
            );
        }
        assert!(find("assets/").is_none());
        assert!(find("../Cargo.toml").is_none());
    }

    #[test]
    fn the_policy_against_inline_scripts_holds() {
        for page in [console().unwrap(), campaign().unwrap()] {
            let html = std::str::from_utf8(page.plain).unwrap();
            for script in html.split("<script").skip(1) {
                let (tag, rest) = script.split_once('>').unwrap();
                assert!(tag.contains("src="), "{tag}");
                assert!(rest.starts_with("</script>"), "{rest}");
            }
        }
    }
}
