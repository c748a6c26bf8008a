//! `mien material`.

use super::{BooksArgs, Owner};
use billing::{ActivityId, Degree, MaterialId};
use clap::{ArgGroup, Args as ClapArgs, Subcommand};
use std::path::PathBuf;

const EXAMPLES: &str = "\
Examples:
  mien material add --account 100001 --activity 300100 portraits/*.jpg
  mien material list --account 100001 --activity 300100
  mien material show qc_300100_154021_1 --account 100001 --draw faces.png
  mien material tune qc_300100_154021_1 --account 100001 --feature-degree 30
  mien material appeal qc_300100_154022_1 --account 100001
  mien material decide qc_300100_154022_1 --pass --reason \"a drawing, but clear enough\"

Every picture is reviewed at once. One that is refused stays, so that it can be appealed; it takes a
place of the quota until it is deleted.";

/// Add portraits to activities, look at their review, tune, replace and delete them.
#[derive(Debug, ClapArgs)]
#[command(after_help = EXAMPLES)]
pub(crate) struct MaterialArgs {
    #[command(subcommand)]
    pub(crate) action: MaterialAction,

    #[command(flatten)]
    pub(crate) books: BooksArgs,
}

#[derive(Debug, Subcommand)]
pub(crate) enum MaterialAction {
    /// Add portraits (JPEG or PNG) to an activity and review them.
    Add {
        #[command(flatten)]
        owner: Owner,
        /// The activity.
        #[arg(long, value_name = "ID")]
        activity: ActivityId,
        /// The pictures.
        #[arg(required = true, value_name = "FILE")]
        files: Vec<PathBuf>,
        /// The name, for one picture; at most 60 characters [default: the file's, without its ending].
        #[arg(long, value_name = "TEXT")]
        name: Option<String>,
    },
    /// Show an activity's materials.
    List {
        #[command(flatten)]
        owner: Owner,
        /// The activity.
        #[arg(long, value_name = "ID")]
        activity: ActivityId,
    },
    /// Show a material with its faces and what the review found.
    Show {
        /// The material.
        id: MaterialId,
        #[command(flatten)]
        owner: Owner,
        /// Draws the faces with their numbers and findings over the picture and writes it here.
        #[arg(long, value_name = "FILE")]
        draw: Option<PathBuf>,
    },
    /// Put another picture in a material's place; its id and degrees stay.
    Replace {
        /// The material.
        id: MaterialId,
        /// The picture.
        file: PathBuf,
        #[command(flatten)]
        owner: Owner,
    },
    /// Delete a material.
    Delete {
        /// The material.
        id: MaterialId,
        #[command(flatten)]
        owner: Owner,
    },
    /// Set a material's own degrees, which calls use where they name none.
    #[command(group = ArgGroup::new("degrees").required(true).multiple(true))]
    Tune {
        /// The material.
        id: MaterialId,
        #[command(flatten)]
        owner: Owner,
        /// Whose eyes, brows, nose and mouth: 0 the user's, 100 the template's.
        #[arg(long, value_name = "0..100", value_parser = parse_own_degree, group = "degrees")]
        feature_degree: Option<Degree>,
        /// Whose contour: 0 the user's, 100 the template's.
        #[arg(long, value_name = "0..100", value_parser = parse_own_degree, group = "degrees")]
        shape_degree: Option<Degree>,
    },
    /// Ask the operator to look at a material that the review refused.
    Appeal {
        /// The material.
        id: MaterialId,
        #[command(flatten)]
        owner: Owner,
    },
    /// Show the appeals of all accounts that wait for a decision.
    Appeals,
    /// Decide on a material, as the operator.
    #[command(group = ArgGroup::new("verdict").required(true))]
    Decide {
        /// The material.
        id: MaterialId,
        /// It may be used.
        #[arg(long, group = "verdict")]
        pass: bool,
        /// It may not.
        #[arg(long, group = "verdict")]
        reject: bool,
        /// Why, for the customer; at most 200 characters.
        #[arg(
            long,
            value_name = "TEXT",
            default_value = "",
            hide_default_value = true
        )]
        reason: String,
    },
}

/// A degree of a material or a call.
pub(super) fn parse_own_degree(text: &str) -> Result<Degree, String> {
    let degree = text
        .parse()
        .ok()
        .and_then(|degree| Degree::new(degree).ok());
    degree
        .ok_or_else(|| "expected a whole number from 0 (the user) to 100 (the template)".to_owned())
}
