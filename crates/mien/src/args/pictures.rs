//! Pictures without books: `mien fuse` and `mien detect`.

use super::{AlgorithmName, parse_degree};
use clap::Args as ClapArgs;
use fusion::Degree;
use std::path::PathBuf;

const FUSE_EXAMPLES: &str = "\
Examples:
  One picture:
    mien fuse --template portrait.jpg --face selfie.jpg --out fused.jpg
  Nearer to the user, identity first:
    mien fuse --template portrait.jpg --face selfie.jpg --out fused.jpg \\
         --algorithm likeness --feature-degree 20 --shape-degree 30
  Every selfie of a folder into every template of another:
    mien fuse --template templates/ --face selfies/ --out fused/
  A group picture, two users onto its faces from left to right:
    mien fuse --template couple.jpg --face her.jpg --face him.jpg --out fused.jpg
  The same with a mapping of your own (numbers as `mien detect --draw` shows them):
    mien fuse --template couple.jpg --map 1=her.jpg --map 0=him.jpg --out fused.jpg
  All degrees at a glance:
    mien fuse --template portrait.jpg --face selfie.jpg --sheet degrees.png

A user's face that is too small or cut by the picture's border is an error. One that is blurred,
dark or turned away is fused with a warning. Where a photo shows several faces, the largest is used.

In a folder, all files ending in .jpg, .jpeg or .png are taken (not those of its subfolders), and
each result is named TEMPLATE_USER.jpg or .png.";

/// Fuse users' faces into a template, or folders of them.
#[derive(Debug, ClapArgs)]
#[command(after_help = FUSE_EXAMPLES)]
pub(crate) struct FuseArgs {
    /// The template portrait (JPEG or PNG), or a folder of templates.
    #[arg(long, value_name = "FILE|FOLDER")]
    pub(crate) template: PathBuf,

    /// The user's photo (JPEG or PNG), or a folder of photos. Several photos go onto the template's
    /// faces from left to right.
    #[arg(
        long,
        value_name = "FILE|FOLDER",
        required_unless_present = "map",
        conflicts_with = "map"
    )]
    pub(crate) face: Vec<PathBuf>,

    /// Puts the user of FILE onto template face K; may be repeated.
    #[arg(long, value_name = "K=FILE", value_parser = parse_mapping, conflicts_with = "template_face")]
    pub(crate) map: Vec<Mapping>,

    /// The fused picture, or the folder for them when the template or the face is a folder. Its
    /// ending chooses the format (.jpg, .jpeg, .png); without an ending it is the template's.
    #[arg(long, value_name = "FILE|FOLDER", required_unless_present = "sheet")]
    pub(crate) out: Option<PathBuf>,

    /// How the face is brought into the template.
    #[arg(long, value_enum, default_value_t = AlgorithmName::Natural)]
    pub(crate) algorithm: AlgorithmName,

    /// Whose eyes, brows, nose and mouth: 0 the user's, 100 the template's.
    #[arg(long, value_name = "0..100", default_value = "50", value_parser = parse_degree)]
    pub(crate) feature_degree: Degree,

    /// Whose contour: 0 the user's, 100 the template's.
    #[arg(long, value_name = "0..100", default_value = "50", value_parser = parse_degree)]
    pub(crate) shape_degree: Degree,

    /// The template face that gets the user's: 0 is the largest [default: 0].
    #[arg(long, value_name = "K")]
    pub(crate) template_face: Option<usize>,

    /// JPEG quality. By default the template's own coding is kept, so that all that the fusion left
    /// alone stays bit for bit the template's; where that cannot be, 92.
    #[arg(long, value_name = "1..100", value_parser = clap::value_parser!(u8).range(1..=100))]
    pub(crate) quality: Option<u8>,

    /// Also writes each stage of the work as a picture into this folder.
    #[arg(long, value_name = "FOLDER")]
    pub(crate) explain: Option<PathBuf>,

    /// Also writes a contact sheet: template, user, and both degrees at 0, 25, 50, 75 and 100.
    #[arg(long, value_name = "FILE.png")]
    pub(crate) sheet: Option<PathBuf>,

    /// Prints one JSON document instead of text.
    #[arg(long)]
    pub(crate) json: bool,
}

const DETECT_EXAMPLES: &str = "\
Examples:
  mien detect group.jpg
  mien detect group.jpg --draw faces.png
  mien detect group.jpg --json

Faces are numbered from the largest, 0, to the smallest; `mien fuse` takes these numbers for
--template-face and --map. A picture without a face is an answer here (exit code 0), not an error.";

/// Find all faces of a picture: box, pose, quality.
#[derive(Debug, ClapArgs)]
#[command(after_help = DETECT_EXAMPLES)]
pub(crate) struct DetectArgs {
    /// The picture (JPEG or PNG).
    pub(crate) image: PathBuf,

    /// Draws the boxes, mesh points and numbers over the picture and writes it here.
    #[arg(long, value_name = "FILE")]
    pub(crate) draw: Option<PathBuf>,

    /// Prints one JSON document instead of text.
    #[arg(long)]
    pub(crate) json: bool,
}
/// One `--map K=FILE`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Mapping {
    pub(crate) template_face: usize,
    pub(crate) face: PathBuf,
}

fn parse_mapping(text: &str) -> Result<Mapping, String> {
    let wanted = "expected K=FILE with a template face's number, as in 0=her.jpg";
    let (number, path) = text.split_once('=').ok_or(wanted)?;
    let template_face = number.parse().map_err(|_| wanted)?;
    if path.is_empty() {
        return Err(wanted.to_owned());
    }
    Ok(Mapping {
        template_face,
        face: PathBuf::from(path),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::args::Args;
    use clap::Parser;

    #[test]
    fn mappings_and_degrees_are_read_or_refused() {
        let mapping = parse_mapping("1=a=b.jpg").unwrap();
        assert_eq!(
            (mapping.template_face, mapping.face),
            (1, PathBuf::from("a=b.jpg"))
        );
        for bad in ["", "1", "=a.jpg", "x=a.jpg", "-1=a.jpg", "1="] {
            assert!(parse_mapping(bad).is_err(), "{bad}");
        }
        assert_eq!(parse_degree("100").unwrap(), Degree::TEMPLATE);
        for bad in ["101", "-1", "50.5", "", "NaN", "300"] {
            assert!(parse_degree(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn what_contradicts_itself_is_refused() {
        let fuse = |rest: &str| {
            let words = ["mien", "fuse"].into_iter().chain(rest.split_whitespace());
            Args::try_parse_from(words).is_ok()
        };
        assert!(fuse("--template t.jpg --face u.jpg --out r.jpg"));
        assert!(fuse("--template t.jpg --face u.jpg --sheet s.png"));
        assert!(fuse(
            "--template t.jpg --map 0=u.jpg --map 1=v.jpg --out r.jpg"
        ));
        for bad in [
            "--template t.jpg --face u.jpg",
            "--template t.jpg --out r.jpg",
            "--face u.jpg --out r.jpg",
            "--template t.jpg --face u.jpg --map 0=v.jpg --out r.jpg",
            "--template t.jpg --map 0=v.jpg --template-face 1 --out r.jpg",
            "--template t.jpg --face u.jpg --out r.jpg --quality 0",
            "--template t.jpg --face u.jpg --out r.jpg --algorithm best",
        ] {
            assert!(!fuse(bad), "{bad}");
        }
    }
}
