//! One fusion of `mien fuse`, from files to files.

use super::explain::StageFolder;
use super::plan::{Plan, Users};
use crate::args::FuseArgs;
use crate::failure::Failure;
use crate::picture_file::{self, Ending};
use crate::sheet::{self, Row};
use engine::{
    Engine, FuseTimes, FusionError, Placement, PreparedTemplate, TemplateOptions, UserFace,
    UserOptions, Workspace,
};
use fusion::{Explain, Recipe};
use pixel::Limits;
use serde_json::{Value, json};
use std::path::Path;
use std::time::Duration;

pub(super) use super::plan::Job;

/// What the command line chose for every fusion.
#[derive(Debug)]
pub(super) struct Settings {
    recipe: Recipe,
    quality: Option<u8>,
    limits: Limits,
}

/// A fusion that is done.
#[derive(Debug)]
pub(super) struct Fused {
    template: String,
    out: Option<String>,
    /// Template face and photo of each user.
    faces: Vec<(usize, String)>,
    /// What speaks against the users' faces, as sentences.
    pub(super) warnings: Vec<String>,
    decode: Duration,
    find: Duration,
    times: FuseTimes,
    /// Its row of the contact sheet, when one is wanted.
    pub(super) row: Option<Row>,
}

impl Settings {
    pub(super) fn new(args: &FuseArgs) -> Settings {
        Settings {
            recipe: Recipe {
                algorithm: args.algorithm.into(),
                feature_degree: args.feature_degree,
                shape_degree: args.shape_degree,
            },
            quality: args.quality,
            limits: Limits::default(),
        }
    }

    /// Reads and prepares the template of a job for its output's format.
    pub(super) fn prepare(
        &self,
        engine: &Engine,
        plan: &Plan,
        job: &Job,
        workspace: &mut Workspace,
    ) -> Result<PreparedTemplate, Failure> {
        let path = &plan.templates[job.template];
        let bytes = picture_file::read(path, &self.limits)?;
        let format = match &job.out {
            Some(out) => Ending::of(out.path())?.format(),
            None => None,
        };
        let options = TemplateOptions {
            limits: self.limits,
            format,
            quality: self.quality,
        };
        engine
            .prepare(&bytes, &options, workspace)
            .map_err(|source| Failure::Template {
                path: path.clone(),
                source,
            })
    }

    /// Fuses one job and writes all it is to write.
    pub(super) fn fuse(
        &self,
        engine: &Engine,
        plan: &Plan,
        job: &Job,
        template: &PreparedTemplate,
        workspace: &mut Workspace,
    ) -> Result<Fused, Failure> {
        let template_path = &plan.templates[job.template];
        let failed = |source| Failure::Fuse {
            template: template_path.clone(),
            source,
        };
        let pairs = pairs(&job.users, template).map_err(failed)?;
        let users = pairs
            .iter()
            .map(|&(face, path)| self.read_user(engine, template, face, path, workspace))
            .collect::<Result<Vec<UserFace>, Failure>>()?;
        let place = |recipe| -> Vec<Placement<'_>> {
            let faces = pairs.iter().map(|&(face, _)| face);
            let place = |(user, template_face)| Placement {
                user,
                template_face,
                recipe,
            };
            users.iter().zip(faces).map(place).collect()
        };
        let mut times = FuseTimes::default();
        if job.out.is_some() || job.explain.is_some() {
            let mut stages = match &job.explain {
                Some(folder) => Some(StageFolder::new(folder, &plan.inputs)?),
                None => None,
            };
            let explain = stages.as_mut().map(|stages| stages as &mut dyn Explain);
            let mut encoded = Vec::new();
            times = engine
                .fuse(
                    template,
                    &place(self.recipe),
                    None,
                    explain,
                    workspace,
                    &mut encoded,
                )
                .map_err(failed)?;
            stages.map_or(Ok(()), StageFolder::finish)?;
            if let Some(out) = &job.out {
                out.write(&encoded)?;
            }
        }
        let row = match plan.sheet {
            Some(_) => Some(
                self.row(engine, template, &users, place, workspace)
                    .map_err(failed)?,
            ),
            None => None,
        };
        let fused = Fused {
            template: template_path.display().to_string(),
            out: job.out.as_ref().map(|out| out.path().display().to_string()),
            faces: pairs
                .iter()
                .map(|(face, path)| (*face, path.display().to_string()))
                .collect(),
            warnings: warnings(&pairs, &users),
            decode: users.iter().map(|user| user.decode_time).sum(),
            find: users.iter().map(|user| user.find_time).sum(),
            times,
            row,
        };
        users.into_iter().for_each(|user| workspace.recycle(user));
        Ok(fused)
    }

    fn read_user(
        &self,
        engine: &Engine,
        template: &PreparedTemplate,
        template_face: usize,
        path: &Path,
        workspace: &mut Workspace,
    ) -> Result<UserFace, Failure> {
        let bytes = picture_file::read(path, &self.limits)?;
        let face = template.faces().get(template_face);
        let options = UserOptions {
            limits: self.limits,
            template_face_width: face.map_or(0.0, |face| face.quality.width),
            face_near: None,
        };
        engine
            .read_user(&bytes, &options, workspace)
            .map_err(|source| Failure::User {
                path: path.to_owned(),
                source,
            })
    }

    /// The contact sheet's row: both degrees together at each step.
    fn row<'u>(
        &self,
        engine: &Engine,
        template: &PreparedTemplate,
        users: &[UserFace],
        place: impl Fn(Recipe) -> Vec<Placement<'u>>,
        workspace: &mut Workspace,
    ) -> Result<Row, FusionError> {
        let mut row = Row::new(template.picture());
        users.iter().for_each(|user| row.add_user(user.picture()));
        for degree in sheet::DEGREES {
            let recipe = Recipe {
                feature_degree: degree,
                shape_degree: degree,
                ..self.recipe
            };
            row.add_fused(engine.fuse_pixels(template, &place(recipe), workspace)?);
        }
        Ok(row)
    }
}

/// The template face that each photo goes onto.
fn pairs<'a>(
    users: &'a Users,
    template: &PreparedTemplate,
) -> Result<Vec<(usize, &'a Path)>, FusionError> {
    match users {
        Users::Mapped(pairs) => Ok(pairs
            .iter()
            .map(|(face, photo)| (*face, photo.as_path()))
            .collect()),
        Users::LeftToRight(photos) => {
            let faces = template.faces_left_to_right(photos.len())?;
            Ok(faces
                .into_iter()
                .zip(photos.iter().map(|photo| photo.as_path()))
                .collect())
        }
    }
}

fn warnings(pairs: &[(usize, &Path)], users: &[UserFace]) -> Vec<String> {
    pairs
        .iter()
        .zip(users)
        .flat_map(|((_, path), user)| {
            user.warnings().iter().map(move |fault| {
                format!("{}: warning: {fault}; fused all the same", path.display())
            })
        })
        .collect()
}

impl Fused {
    /// One line for a person.
    pub(super) fn to_line(&self) -> String {
        match &self.out {
            Some(out) => format!(
                "{out}: fused in {:.1} ms (decode {:.1}, find {:.1}, fuse {:.1}, encode {:.1})",
                milliseconds(self.decode + self.find + self.times.fuse + self.times.encode),
                milliseconds(self.decode),
                milliseconds(self.find),
                milliseconds(self.times.fuse),
                milliseconds(self.times.encode),
            ),
            None => format!("{}: fused", self.template),
        }
    }

    /// The same for a program.
    pub(super) fn to_json(&self) -> Value {
        json!({
            "template": self.template,
            "out": self.out,
            "faces": self
                .faces
                .iter()
                .map(|(face, photo)| json!({ "template_face": face, "user": photo }))
                .collect::<Vec<_>>(),
            "warnings": self.warnings,
            "milliseconds": {
                "decode": milliseconds(self.decode),
                "find": milliseconds(self.find),
                "fuse": milliseconds(self.times.fuse),
                "encode": milliseconds(self.times.encode),
            },
        })
    }
}

fn milliseconds(duration: Duration) -> f64 {
    duration.as_secs_f64() * 1000.0
}
