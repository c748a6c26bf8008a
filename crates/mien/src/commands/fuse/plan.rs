//! What a `mien fuse` command line amounts to: which photos go into which templates, and where to.

use crate::args::FuseArgs;
use crate::failure::Failure;
use crate::output_file::{Inputs, OutputFile};
use crate::picture_file::{self, Ending};
use crate::sheet::MOST_ROWS;
use pixel::Format;
use std::collections::HashMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// Everything a command line asks for, checked as far as can be without decoding a picture.
#[derive(Debug)]
pub(super) struct Plan {
    /// The templates, in the order of their names.
    pub(super) templates: Vec<PathBuf>,
    /// The fusions, template by template.
    pub(super) jobs: Vec<Job>,
    /// All files that are read.
    pub(super) inputs: Inputs,
    /// Where the contact sheet goes.
    pub(super) sheet: Option<OutputFile>,
    /// Whether folders were given: then failures are counted and the work goes on.
    pub(super) is_batch: bool,
}

/// One fusion.
#[derive(Debug)]
pub(super) struct Job {
    /// Index into [`Plan::templates`].
    pub(super) template: usize,
    /// The users' photos.
    pub(super) users: Users,
    /// Where the result goes, when it is wanted.
    pub(super) out: Option<OutputFile>,
    /// The folder for the stages, when they are wanted.
    pub(super) explain: Option<PathBuf>,
}

/// The photos of one fusion and the template faces they go onto.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Users {
    /// Onto as many of the largest faces as there are photos, from left to right.
    LeftToRight(Vec<PathBuf>),
    /// Each onto the template face of its number.
    Mapped(Vec<(usize, PathBuf)>),
}

impl Job {
    /// The photos' paths, to be shown.
    pub(super) fn user_names(&self) -> Vec<String> {
        self.users
            .photos()
            .map(|photo| photo.display().to_string())
            .collect()
    }
}

impl Users {
    /// The photos.
    pub(super) fn photos(&self) -> impl Iterator<Item = &Path> {
        let (in_order, mapped) = match self {
            Users::LeftToRight(photos) => (photos.as_slice(), [].as_slice()),
            Users::Mapped(pairs) => ([].as_slice(), pairs.as_slice()),
        };
        let mapped = mapped.iter().map(|(_, photo)| photo);
        in_order.iter().chain(mapped).map(PathBuf::as_path)
    }

    fn one(photo: PathBuf, template_face: Option<usize>) -> Users {
        match template_face {
            Some(face) => Users::Mapped(vec![(face, photo)]),
            None => Users::LeftToRight(vec![photo]),
        }
    }
}

impl Plan {
    /// Reads the folders named, pairs templates with users and checks every output.
    pub(super) fn new(args: &FuseArgs) -> Result<Plan, Failure> {
        let templates_are_many = args.template.is_dir();
        let templates = pictures_of(&args.template)?;
        let (users, users_are_many) = users_of(args)?;
        let is_batch = templates_are_many || users_are_many;
        let photos = users.iter().flat_map(Users::photos);
        let inputs = Inputs::new(templates.iter().map(PathBuf::as_path).chain(photos));
        let sheet = match &args.sheet {
            Some(path) => {
                Ending::of(path)?.required(path)?;
                Some(OutputFile::check(path, &inputs)?)
            }
            None => None,
        };
        let mut plan = Plan {
            templates,
            jobs: Vec::new(),
            inputs,
            sheet,
            is_batch,
        };
        if is_batch {
            plan.add_all(args, &users)?;
        } else if let Some(users) = users.into_iter().next() {
            plan.add_single(args, users)?;
        }
        Ok(plan)
    }

    fn add_single(&mut self, args: &FuseArgs, users: Users) -> Result<(), Failure> {
        let out = match &args.out {
            Some(path) => {
                Ending::of(path)?;
                Some(OutputFile::check(path, &self.inputs)?)
            }
            None => None,
        };
        if args.out.is_some() && args.out == args.sheet {
            return Err(Failure::Usage(
                "--out and --sheet name the same file; choose two".to_owned(),
            ));
        }
        self.jobs.push(Job {
            template: 0,
            users,
            out,
            explain: args.explain.clone(),
        });
        Ok(())
    }

    fn add_all(&mut self, args: &FuseArgs, users: &[Users]) -> Result<(), Failure> {
        if let Some(folder) = &args.out {
            fs::create_dir_all(folder).map_err(|error| Failure::write(folder, error))?;
        }
        let template_names = {
            let paths: Vec<&Path> = self.templates.iter().map(PathBuf::as_path).collect();
            short_names(&paths)
        };
        let user_names = names_of_users(users);
        let mut taken: HashMap<String, (usize, usize)> = HashMap::new();
        for (template, path) in self.templates.iter().enumerate() {
            for (user, users) in users.iter().enumerate() {
                let name = format!("{}_{}", template_names[template], user_names[user]);
                if taken.insert(name.clone(), (template, user)).is_some() {
                    return Err(Failure::Usage(format!(
                        "two results would be named {name}; rename a template or a photo"
                    )));
                }
                let out = match &args.out {
                    Some(folder) => {
                        let ending = Ending::of(path)?.format().map_or("jpg", Format::extension);
                        let path = folder.join(format!("{name}.{ending}"));
                        Some(OutputFile::check(&path, &self.inputs)?)
                    }
                    None => None,
                };
                self.jobs.push(Job {
                    template,
                    users: users.clone(),
                    out,
                    explain: args.explain.as_ref().map(|folder| folder.join(&name)),
                });
            }
        }
        if self.sheet.is_some() && self.jobs.len() > MOST_ROWS {
            return Err(Failure::Usage(format!(
                "{} fusions are too many for a sheet, which takes {MOST_ROWS}; leave --sheet out",
                self.jobs.len()
            )));
        }
        Ok(())
    }
}

/// The users of each fusion, and whether they come from a folder.
fn users_of(args: &FuseArgs) -> Result<(Vec<Users>, bool), Failure> {
    if !args.map.is_empty() {
        let mut pairs: Vec<(usize, PathBuf)> = Vec::new();
        for mapping in &args.map {
            if pairs.iter().any(|(face, _)| *face == mapping.template_face) {
                return Err(Failure::Usage(format!(
                    "--map names template face {} twice; give each face one user",
                    mapping.template_face
                )));
            }
            refuse_folder(&mapping.face, "--map takes files")?;
            pairs.push((mapping.template_face, mapping.face.clone()));
        }
        return Ok((vec![Users::Mapped(pairs)], false));
    }
    match args.face.as_slice() {
        [one] => {
            let users = pictures_of(one)?
                .into_iter()
                .map(|photo| Users::one(photo, args.template_face))
                .collect();
            Ok((users, one.is_dir()))
        }
        several => {
            if args.template_face.is_some() {
                return Err(Failure::Usage(
                    "--template-face takes one --face; use --map K=FILE for several".to_owned(),
                ));
            }
            for photo in several {
                refuse_folder(photo, "several --face take files")?;
            }
            Ok((vec![Users::LeftToRight(several.to_vec())], false))
        }
    }
}

fn refuse_folder(path: &Path, rule: &str) -> Result<(), Failure> {
    if path.is_dir() {
        return Err(Failure::Usage(format!(
            "{}: a folder, but {rule}",
            path.display()
        )));
    }
    Ok(())
}

/// The picture itself, or those of the folder.
fn pictures_of(path: &Path) -> Result<Vec<PathBuf>, Failure> {
    if !path.is_dir() {
        // Found missing now, not after minutes of work on the others.
        fs::metadata(path).map_err(|error| Failure::read(path, error))?;
        return Ok(vec![path.to_owned()]);
    }
    let pictures = picture_file::pictures_in(path)?;
    if pictures.is_empty() {
        let error = io::Error::new(
            io::ErrorKind::NotFound,
            "no file in this folder ends in .jpg, .jpeg or .png",
        );
        return Err(Failure::read(path, error));
    }
    Ok(pictures)
}

fn names_of_users(users: &[Users]) -> Vec<String> {
    let names = |group: &Users| short_names(&group.photos().collect::<Vec<_>>());
    match users {
        [group] => vec![names(group).join("_")],
        many => short_names(&many.iter().flat_map(Users::photos).collect::<Vec<_>>()),
    }
}

/// A name for each path: its stem, or stem-ending where another has the same stem.
fn short_names(paths: &[&Path]) -> Vec<String> {
    let stem = |path: &Path| path.file_stem().unwrap_or_default().to_owned();
    let mut uses = HashMap::new();
    for path in paths {
        *uses.entry(stem(path)).or_insert(0) += 1;
    }
    let name = |path: &&Path| {
        let name = stem(path);
        let text = name.to_string_lossy();
        match path.extension() {
            Some(ending) if uses[&name] > 1 => format!("{text}-{}", ending.to_string_lossy()),
            _ => text.into_owned(),
        }
    };
    paths.iter().map(name).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::args::{Args, Command};
    use clap::Parser;

    /// A folder with empty files of these names; names ending in `/` are folders.
    fn folder(names: &[&str]) -> tempfile::TempDir {
        let root = tempfile::tempdir().unwrap();
        for name in names {
            let path = root.path().join(name);
            if name.ends_with('/') {
                fs::create_dir(path).unwrap();
            } else {
                fs::write(path, b"").unwrap();
            }
        }
        root
    }

    /// The plan of a command line in which `@` stands for the folder.
    fn plan(root: &tempfile::TempDir, words: &str) -> Result<Plan, Failure> {
        let at = root.path().display().to_string();
        let words = words.replace('@', &at);
        let words = ["mien", "fuse"].into_iter().chain(words.split_whitespace());
        match Args::try_parse_from(words).unwrap().command {
            Command::Fuse(args) => Plan::new(&args),
            _ => unreachable!(),
        }
    }

    fn outs(plan: &Plan) -> Vec<String> {
        plan.jobs
            .iter()
            .filter_map(|job| job.out.as_ref())
            .map(|out| out.path().file_name().unwrap().to_str().unwrap().to_owned())
            .collect()
    }

    #[test]
    fn folders_make_every_combination() {
        let root = folder(&[
            "t/",
            "t/b.png",
            "t/a.JPG",
            "t/notes.txt",
            "u/",
            "u/x.jpg",
            "u/x.png",
            "u/sub/",
        ]);
        let plan = plan(&root, "--template @/t --face @/u --out @/r").unwrap();
        assert!(plan.is_batch);
        assert_eq!(
            outs(&plan),
            ["a_x-jpg.jpg", "a_x-png.jpg", "b_x-jpg.png", "b_x-png.png"]
        );
        assert!(root.path().join("r").is_dir());
    }

    #[test]
    fn users_go_where_they_are_sent() {
        let root = folder(&["t.jpg", "a.jpg", "b.jpg"]);
        let at = |name: &str| root.path().join(name);
        let cases = [
            ("--face @/a.jpg", Users::LeftToRight(vec![at("a.jpg")])),
            (
                "--face @/a.jpg --template-face 2",
                Users::Mapped(vec![(2, at("a.jpg"))]),
            ),
            (
                "--face @/b.jpg --face @/a.jpg",
                Users::LeftToRight(vec![at("b.jpg"), at("a.jpg")]),
            ),
            (
                "--map 1=@/a.jpg --map 0=@/b.jpg",
                Users::Mapped(vec![(1, at("a.jpg")), (0, at("b.jpg"))]),
            ),
        ];
        for (words, expected) in cases {
            let words = format!("--template @/t.jpg --out @/r.jpg {words}");
            let plan = plan(&root, &words).unwrap();
            assert_eq!(plan.jobs.len(), 1, "{words}");
            assert_eq!(plan.jobs[0].users, expected, "{words}");
            assert!(!plan.is_batch);
        }
    }

    #[test]
    fn what_cannot_be_done_is_refused_before_the_work() {
        let root = folder(&[
            "t.jpg",
            "u.jpg",
            "v.jpg",
            "empty/",
            "u/",
            "u/a.jpg",
            "same/",
            "same/a.jpg",
            "same/a.jpeg",
            "same/a-jpg.png",
        ]);
        let cases = [
            ("--template @/t.jpg --face @/u.jpg --out @/r.gif", 2),
            ("--template @/t.jpg --face @/u.jpg --out @/u.jpg", 2),
            ("--template @/t.jpg --face @/u.jpg --out @/t.jpg", 2),
            ("--template @/t.jpg --face @/u.jpg --sheet @/t.jpg", 2),
            ("--template @/t.jpg --face @/u.jpg --sheet @/sheet", 2),
            (
                "--template @/t.jpg --face @/u.jpg --out @/s.png --sheet @/s.png",
                2,
            ),
            ("--template @/t.jpg --face @/u.jpg --out @/empty", 5),
            ("--template @/t.jpg --face @/u.jpg --out @/no/r.jpg", 5),
            ("--template @/t.jpg --face @/no.jpg --out @/r.jpg", 5),
            ("--template @/no.jpg --face @/u.jpg --out @/r.jpg", 5),
            ("--template @/empty --face @/u.jpg --out @/r", 5),
            ("--template @/t.jpg --face @/u --face @/v.jpg --out @/r", 2),
            ("--template @/t.jpg --map 0=@/u --out @/r", 2),
            (
                "--template @/t.jpg --map 0=@/u.jpg --map 0=@/v.jpg --out @/r.jpg",
                2,
            ),
            (
                "--template @/t.jpg --face @/u.jpg --face @/v.jpg --template-face 0 --out @/r.jpg",
                2,
            ),
            ("--template @/t.jpg --face @/same --out @/r", 2),
            ("--template @/t.jpg --face @/u --out @/u.jpg", 5),
        ];
        for (words, code) in cases {
            let failure = plan(&root, words).unwrap_err();
            assert_eq!(failure.exit_code(), code, "{words}: {failure}");
        }
    }
}
