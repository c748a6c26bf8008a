use super::CampaignFault;
use billing::MaterialId;
use serde::{Deserialize, Serialize};

const SHORTEST_SLUG: usize = 3;
const LONGEST_SLUG: usize = 40;

/// Materials that a page may name: as many as the largest quota.
const MOST_CHOSEN: usize = 1000;

/// What a page says and looks like.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CampaignContent {
    /// Its title, 1 to 40 characters.
    pub title: String,
    /// What stands below, at most 120 characters.
    pub subtitle: String,
    /// What a visitor agrees to before anything is sent, 10 to 4000 characters; may have lines.
    pub consent_text: String,
    /// What stands on its buttons.
    pub buttons: Buttons,
    /// Its colours.
    pub colours: Colours,
    /// What is shown where it is shared.
    pub share: Share,
    /// The materials in their order; `None` for all that can be used.
    pub materials: Option<Vec<MaterialId>>,
    /// Fusions of one visitor in an hour, 1 to 100.
    pub hourly_limit: u32,
    /// Hours that a result can be fetched, 1 to 168.
    pub keep_result_hours: u32,
}

/// What stands on a page's buttons, each 1 to 16 characters; `None` for the usual words.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Buttons {
    /// Chooses a photo.
    pub choose: Option<String>,
    /// Makes the picture.
    pub fuse: Option<String>,
    /// Saves it.
    pub save: Option<String>,
    /// Begins anew.
    pub again: Option<String>,
}

/// A page's colours, as `#1a2b3c`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Colours {
    /// Of what can be pressed.
    pub primary: String,
    /// Behind everything.
    pub background: String,
    /// Of texts.
    pub text: String,
}

/// What is shown where a page is shared; empty for title and subtitle.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Share {
    /// At most 40 characters.
    pub title: String,
    /// At most 120 characters.
    pub description: String,
}

impl CampaignContent {
    /// Says what in it no page can have. Whose the materials are is not looked at.
    pub fn check(&self) -> Result<(), CampaignFault> {
        check_line("title", &self.title, 1, 40)?;
        check_line("subtitle", &self.subtitle, 0, 120)?;
        check_text("consent_text", &self.consent_text, 10, 4000, true)?;
        for (field, text) in self.buttons.fields() {
            if let Some(text) = text {
                check_line(field, text, 1, 16)?;
            }
        }
        check_line("share.title", &self.share.title, 0, 40)?;
        check_line("share.description", &self.share.description, 0, 120)?;
        for (field, colour) in self.colours.fields() {
            if !is_colour(colour) {
                return Err(CampaignFault::BadColour { field });
            }
        }
        let chosen = self.materials.as_deref().unwrap_or_default();
        if chosen.len() > MOST_CHOSEN {
            let (count, most) = (chosen.len(), MOST_CHOSEN);
            return Err(CampaignFault::TooManyChosen { count, most });
        }
        check_range("hourly_limit", self.hourly_limit, 1, 100)?;
        check_range("keep_result_hours", self.keep_result_hours, 1, 168)
    }
}

impl Buttons {
    fn fields(&self) -> [(&'static str, Option<&str>); 4] {
        [
            ("buttons.choose", self.choose.as_deref()),
            ("buttons.fuse", self.fuse.as_deref()),
            ("buttons.save", self.save.as_deref()),
            ("buttons.again", self.again.as_deref()),
        ]
    }
}

impl Colours {
    fn fields(&self) -> [(&'static str, &str); 3] {
        [
            ("colours.primary", &self.primary),
            ("colours.background", &self.background),
            ("colours.text", &self.text),
        ]
    }
}

/// Whether a text can be the name of a page in addresses.
pub(super) fn check_slug(slug: &str) -> Result<(), CampaignFault> {
    let (least, most) = (SHORTEST_SLUG, LONGEST_SLUG);
    let fits = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    if !(least..=most).contains(&slug.len()) || !slug.bytes().all(fits) {
        return Err(CampaignFault::BadSlug { least, most });
    }
    Ok(())
}

fn check_line(
    field: &'static str,
    text: &str,
    least: usize,
    most: usize,
) -> Result<(), CampaignFault> {
    check_text(field, text, least, most, false)
}

fn check_text(
    field: &'static str,
    text: &str,
    least: usize,
    most: usize,
    has_lines: bool,
) -> Result<(), CampaignFault> {
    let length = text.chars().count();
    let is_blank = least > 0 && text.trim().is_empty();
    if !(least..=most).contains(&length) || is_blank {
        return Err(CampaignFault::TextLength {
            field,
            length,
            least,
            most,
        });
    }
    let is_fault = |c: &char| c.is_control() && !(has_lines && *c == '\n');
    match text.chars().find(is_fault) {
        Some(control) => Err(CampaignFault::TextControl {
            field,
            character: control.into(),
        }),
        None => Ok(()),
    }
}

fn is_colour(text: &str) -> bool {
    let digits = text.strip_prefix('#');
    digits.is_some_and(|digits| digits.len() == 6 && digits.bytes().all(|b| b.is_ascii_hexdigit()))
}

fn check_range(
    field: &'static str,
    given: u32,
    least: u32,
    most: u32,
) -> Result<(), CampaignFault> {
    if (least..=most).contains(&given) {
        return Ok(());
    }
    Err(CampaignFault::OutOfRange {
        field,
        given,
        least,
        most,
    })
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    pub(in crate::campaigns) fn content() -> CampaignContent {
        CampaignContent {
            title: "Lanterns".to_owned(),
            subtitle: String::new(),
            consent_text: "We make one picture of your photo\nand keep no photo.".to_owned(),
            buttons: Buttons::default(),
            colours: Colours {
                primary: "#c8102e".to_owned(),
                background: "#fff8F0".to_owned(),
                text: "#222222".to_owned(),
            },
            share: Share::default(),
            materials: None,
            hourly_limit: 2,
            keep_result_hours: 24,
        }
    }

    #[test]
    fn what_no_page_can_have() {
        assert_eq!(content().check(), Ok(()));
        type Edit = fn(&mut CampaignContent);
        let cases: [(Edit, &str); 13] = [
            (|c| c.title = String::new(), "text_length"),
            (|c| c.title = " ".to_owned(), "text_length"),
            (|c| c.title = "字".repeat(41), "text_length"),
            (|c| c.title = "a\nb".to_owned(), "text_control"),
            (|c| c.consent_text = "short".to_owned(), "text_length"),
            (
                |c| c.consent_text = "0123456789\u{7}".to_owned(),
                "text_control",
            ),
            (|c| c.buttons.fuse = Some(String::new()), "text_length"),
            (|c| c.share.description = "x".repeat(121), "text_length"),
            (|c| c.colours.text = "red".to_owned(), "bad_colour"),
            (|c| c.colours.text = "#12345g".to_owned(), "bad_colour"),
            (|c| c.hourly_limit = 0, "out_of_range"),
            (|c| c.keep_result_hours = 169, "out_of_range"),
            (
                |c| c.materials = Some(vec!["qc_300100_154001_1".parse().unwrap(); 1001]),
                "too_many_chosen",
            ),
        ];
        for (index, (edit, code)) in cases.into_iter().enumerate() {
            let mut content = content();
            edit(&mut content);
            let fault = serde_json::to_value(content.check().unwrap_err()).unwrap();
            assert_eq!(fault["code"], code, "{index}");
        }
        let most = "字".repeat(40);
        let whole = CampaignContent {
            title: most,
            ..content()
        };
        assert_eq!(whole.check(), Ok(()));
    }

    #[test]
    fn names_in_addresses() {
        for slug in ["abc", "2027-spring", &"a".repeat(40)] {
            assert_eq!(check_slug(slug), Ok(()), "{slug}");
        }
        for slug in [
            "",
            "ab",
            &"a".repeat(41),
            "Abc",
            "a_b",
            "a.b",
            "春节春节",
            "a b",
        ] {
            assert!(check_slug(slug).is_err(), "{slug}");
        }
    }
}
