//! `mien call` and `mien try`.

use super::materials::parse_own_degree;
use super::{BooksArgs, Owner, SigningArgs};
use billing::{ActivityId, Degree, MaterialId};
use clap::Args as ClapArgs;
use std::path::PathBuf;

const CALL_EXAMPLES: &str = "\
Examples:
  mien call --account 100001 --activity 300100 --material qc_300100_154021_1 \\
       --face selfie.jpg --out fused.jpg
  Two users onto faces 2 and 1 of a group picture:
    mien call --account 100001 --activity 300100 --material qc_300100_154022_1 \\
         --face her.jpg=2 --face him.jpg=1 --out fused.jpg

The call counts: the activity's free calls pay first, then its licence pack, then shared packs, then
the month's bill. A call that fails because of the photo counts too. Repeated with the same --token and
the same photos it counts once. `mien try` never counts. The picture is marked as AI-made, for people and for
programs (`mien label check`), and signed where a certificate is given.";

/// Fuse users into a material, as a call that counts.
#[derive(Debug, ClapArgs)]
#[command(after_help = CALL_EXAMPLES)]
pub(crate) struct CallArgs {
    #[command(flatten)]
    pub(crate) fusion: FusionArgs,

    /// What makes a repetition the same call [default: drawn at random].
    #[arg(long, value_name = "TEXT")]
    pub(crate) token: Option<String>,

    #[command(flatten)]
    pub(crate) signing: SigningArgs,

    #[command(flatten)]
    pub(crate) books: BooksArgs,
}

const TRY_EXAMPLES: &str = "\
Examples:
  mien try --account 100001 --activity 300100 --material qc_300100_154021_1 \\
       --face selfie.jpg --out fused.jpg --feature-degree 20";

/// Fuse users into a material to see how it looks; never counted.
#[derive(Debug, ClapArgs)]
#[command(after_help = TRY_EXAMPLES)]
pub(crate) struct TryArgs {
    #[command(flatten)]
    pub(crate) fusion: FusionArgs,

    #[command(flatten)]
    pub(crate) books: BooksArgs,
}

/// Who goes into which material.
#[derive(Debug, ClapArgs)]
pub(crate) struct FusionArgs {
    #[command(flatten)]
    pub(crate) owner: Owner,

    /// The activity.
    #[arg(long, value_name = "ID")]
    pub(crate) activity: ActivityId,

    /// The material.
    #[arg(long, value_name = "ID")]
    pub(crate) material: MaterialId,

    /// A user's photo; with =K onto face K of the material, 1 being the largest. May be repeated.
    #[arg(long, value_name = "FILE[=K]", required = true, value_parser = parse_face)]
    pub(crate) face: Vec<FaceFile>,

    /// The fused picture. Its format is the material's.
    #[arg(long, value_name = "FILE")]
    pub(crate) out: PathBuf,

    /// In place of the material's own: whose eyes, brows, nose and mouth; 0 the user's, 100 the
    /// template's.
    #[arg(long, value_name = "0..100", value_parser = parse_own_degree)]
    pub(crate) feature_degree: Option<Degree>,

    /// In place of the material's own: whose contour; 0 the user's, 100 the template's.
    #[arg(long, value_name = "0..100", value_parser = parse_own_degree)]
    pub(crate) shape_degree: Option<Degree>,
}

/// One `--face FILE[=K]`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct FaceFile {
    /// The photo.
    pub(crate) path: PathBuf,
    /// The material's face, from 1.
    pub(crate) face: Option<u64>,
}

fn parse_face(text: &str) -> Result<FaceFile, String> {
    let (path, face) = match text.rsplit_once('=') {
        // Anything but a number after it is part of the file's name.
        Some((path, number)) => match number.parse::<u64>() {
            Ok(0) => return Err("faces are numbered from 1, the largest".to_owned()),
            Ok(face) => (path, Some(face)),
            Err(_) => (text, None),
        },
        None => (text, None),
    };
    if path.is_empty() {
        return Err("expected FILE or FILE=K, as in her.jpg=2".to_owned());
    }
    Ok(FaceFile {
        path: PathBuf::from(path),
        face,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn faces_are_read_or_refused() {
        for (text, path, face) in [
            ("her.jpg", "her.jpg", None),
            ("her.jpg=2", "her.jpg", Some(2)),
            ("a=b.jpg", "a=b.jpg", None),
            ("a=b.jpg=1", "a=b.jpg", Some(1)),
            ("her.jpg=", "her.jpg=", None),
        ] {
            let found = parse_face(text).unwrap();
            assert_eq!((found.path, found.face), (PathBuf::from(path), face));
        }
        for bad in ["", "=1", "her.jpg=0"] {
            assert!(parse_face(bad).is_err(), "{bad}");
        }
    }
}
