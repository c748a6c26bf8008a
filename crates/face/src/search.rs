//! One picture being searched: near faces, far ones, small ones, turned ones.

use crate::detection::Detection;
use crate::finder::{FaceFinder, FindOptions, MOST_FACES, Scratch};
use crate::mesh::Sight;
use crate::region::Region;
use crate::tiles::Tiling;
use crate::{Bounds, Face, Point3, Pose, Quality};
use pixel::{Srgb8, View};
use std::f32::consts::{FRAC_PI_2, FRAC_PI_4, PI};

/// Certainty below which the mesh net saw no face, as MediaPipe has it.
const LEAST_CERTAINTY: f32 = 0.5;

/// A face that takes this share of the picture's longer side is the largest there can be, or near
/// enough: who wants one face need not look for smaller ones.
const LARGE_FACE: f32 = 0.12;

/// Share of overlap from which two detections are of one face.
const SAME_FACE: f32 = 0.3;

/// Share of its box from which a find is a part of a face that is known: an eye or a chin, or the
/// whole of it once more.
const PART_OF_FACE: f32 = 0.5;

/// A detector's score from which a face is sure to be seen the right way up: a face that lies on
/// its side or stands on its head scores less, though the mesh net may well take it for one that
/// grins or wears a beard.
const SURE_SCORE: f32 = 0.9;

/// A detector's score below which a face in a turned picture is not believed: one of the turns is
/// within 23 degrees of upright, where a face scores more.
const LEAST_TURNED_SCORE: f32 = 0.75;

/// Radians from which a closer look is taken to see the face another way up.
const ANOTHER_TURN: f32 = 0.4;

/// Side of the square around an uncertain face that is looked at again, in sizes of its box.
const CLOSER_LOOK: f32 = 2.5;

/// The turns tried when a picture shows no face upright, the likeliest first.
const TURNS: [f32; 7] = [
    FRAC_PI_2,
    -FRAC_PI_2,
    PI,
    FRAC_PI_4,
    -FRAC_PI_4,
    3.0 * FRAC_PI_4,
    -3.0 * FRAC_PI_4,
];

pub(crate) struct Search<'a> {
    finder: &'a FaceFinder,
    picture: View<'a, Srgb8>,
    options: &'a FindOptions,
    scratch: &'a mut Scratch,
    most_faces: usize,
    found: Vec<Detection>,
    faces: Vec<Face>,
}

impl<'a> Search<'a> {
    pub(crate) fn new(
        finder: &'a FaceFinder,
        picture: View<'a, Srgb8>,
        options: &'a FindOptions,
        scratch: &'a mut Scratch,
    ) -> Self {
        Search {
            finder,
            picture,
            options,
            scratch,
            most_faces: options.most_faces.min(MOST_FACES),
            found: Vec::new(),
            faces: Vec::new(),
        }
    }

    /// The faces, largest first.
    pub(crate) fn run(mut self) -> Vec<Face> {
        self.search();
        self.faces
            .sort_by(|a, b| b.bounds.area().total_cmp(&a.bounds.area()));
        self.faces
    }

    /// Looks from the likely and cheap to the unlikely and dear, and ends when it may.
    fn search(&mut self) {
        let whole = Region::whole(self.picture, 0.0);
        self.look_near(&whole);
        self.place_found();
        if self.has_large_face() {
            return;
        }
        self.look_far(&whole);
        self.place_found();
        if self.faces.is_empty() && self.options.turned {
            self.look_turned();
            self.place_found();
        }
        if self.most_faces == 1 && !self.faces.is_empty() {
            return;
        }
        self.search_tiles();
    }

    /// Looks for a face that lies on its side or stands on its head.
    fn look_turned(&mut self) {
        for turn in TURNS {
            let whole = Region::whole(self.picture, turn);
            self.look_near(&whole);
            self.look_far(&whole);
        }
        self.found
            .retain(|detection| detection.score >= LEAST_TURNED_SCORE);
    }

    fn search_tiles(&mut self) {
        let (width, height) = (self.picture.width(), self.picture.height());
        for tiling in Tiling::of_picture(width, height, self.options.least_width) {
            if self.faces.len() >= self.most_faces {
                return;
            }
            for tile in tiling.tiles() {
                self.look_far(&tile);
            }
            self.place_found();
        }
    }

    /// Whether the one face that is wanted is there, so large that no larger one can be missed.
    fn has_large_face(&self) -> bool {
        let longer = self.picture.width().max(self.picture.height()) as f32;
        self.most_faces == 1
            && self
                .faces
                .first()
                .is_some_and(|face| face.bounds.width() >= LARGE_FACE * longer)
    }

    fn look_near(&mut self, region: &Region) {
        let Scratch {
            short_range, work, ..
        } = &mut *self.scratch;
        let detector = &self.finder.short_range;
        detector.detect(self.picture, region, short_range, work, &mut self.found);
    }

    fn look_far(&mut self, region: &Region) {
        let Scratch {
            full_range, work, ..
        } = &mut *self.scratch;
        let detector = &self.finder.full_range;
        detector.detect(self.picture, region, full_range, work, &mut self.found);
    }

    /// Places meshes on what the detectors found, the largest first, and forgets it.
    fn place_found(&mut self) {
        let mut found = std::mem::take(&mut self.found);
        keep_best(&mut found);
        found.sort_by(|a, b| (b.width * b.height).total_cmp(&(a.width * a.height)));
        for detection in &found {
            if self.faces.len() >= self.most_faces {
                break;
            }
            if self.is_known(&bounds(detection)) {
                continue;
            }
            if let Some(face) = self.place(detection)
                && !self.is_known(&face.bounds)
            {
                self.faces.push(face);
            }
        }
        found.clear();
        self.found = found;
    }

    /// Whether a face found before takes up most of the box, or lies in it.
    fn is_known(&self, bounds: &Bounds) -> bool {
        self.faces
            .iter()
            .any(|face| face.bounds.overlap(bounds) > PART_OF_FACE)
    }

    /// The face of a detection: a first mesh, then a second in the square that the first gives.
    fn place(&mut self, detection: &Detection) -> Option<Face> {
        let sure = if detection.score >= SURE_SCORE {
            *detection
        } else {
            self.make_sure(detection)?
        };
        let mut mesh = Vec::new();
        let kind = self.kind();
        let (region, _) = self.look_for_mesh(kind, Region::around_detection(&sure), &mut mesh)?;
        let (_, sight) = self.look_for_mesh(kind, region, &mut mesh)?;
        let pose = Pose::of_mesh(&mesh)?;
        let quality = Quality::of_face(self.picture, &mesh, &pose, &mut self.scratch.grid);
        Some(Face {
            bounds: Bounds::around(&mesh),
            score: sight.certainty,
            mesh,
            irises: sight.irises,
            pose,
            quality,
        })
    }

    /// The detection, or one of the same face the other way up, when the plain mesh net sees a face
    /// there: it is the better judge of what is none, the attention net believes in too much.
    fn make_sure(&mut self, detection: &Detection) -> Option<Detection> {
        let mut mesh = Vec::new();
        let region = Region::around_detection(detection);
        let seen = self.look_for_mesh(Kind::Plain, region, &mut mesh);
        let turn = seen.map_or(region, |(next, _)| next).turn;
        let better = self.look_closer(detection, turn).filter(|better| {
            let apart = (Region::around_detection(better).turn - turn).cos();
            seen.is_none() || apart < ANOTHER_TURN.cos()
        });
        match better {
            Some(better) => self
                .look_for_mesh(Kind::Plain, Region::around_detection(&better), &mut mesh)
                .map(|_| better),
            None => seen.map(|_| *detection),
        }
    }

    fn kind(&self) -> Kind {
        if self.options.refined {
            Kind::Attention
        } else {
            Kind::Plain
        }
    }

    /// Writes the mesh seen in `region` to `mesh`; gives the square to look in next, when there is a
    /// face.
    fn look_for_mesh(
        &mut self,
        kind: Kind,
        region: Region,
        mesh: &mut Vec<Point3>,
    ) -> Option<(Region, Sight)> {
        if !region.is_sound() {
            return None;
        }
        let (net, scratch) = match kind {
            Kind::Plain => (&self.finder.mesh, &mut self.scratch.mesh),
            Kind::Attention => (&self.finder.attention, &mut self.scratch.attention),
        };
        let sight = net.place(self.picture, &region, scratch, mesh);
        let next = Region::around_mesh(mesh);
        (sight.certainty >= LEAST_CERTAINTY && next.is_sound()).then_some((next, sight))
    }

    /// A detection of the same face with a better score, with the picture turned by `turn`, so that
    /// the face should be upright, and the other way round.
    fn look_closer(&mut self, detection: &Detection, turn: f32) -> Option<Detection> {
        let mut best = *detection;
        for turn in [turn, turn + PI] {
            let region = Region {
                center: detection.center,
                side: detection.width.max(detection.height) * CLOSER_LOOK,
                turn,
            };
            if !region.is_sound() {
                return None;
            }
            let before = self.found.len();
            self.look_near(&region);
            for other in self.found.drain(before..) {
                if other.overlap(detection) > SAME_FACE && other.score > best.score {
                    best = other;
                }
            }
        }
        (best.score > detection.score).then_some(best)
    }
}

/// Which mesh net looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Plain,
    Attention,
}

/// Of detections that overlap, keeps the one with the best score.
fn keep_best(found: &mut Vec<Detection>) {
    found.sort_by(|a, b| b.score.total_cmp(&a.score));
    let mut kept = 0;
    for index in 0..found.len() {
        let detection = found[index];
        if found[..kept]
            .iter()
            .all(|better| better.overlap(&detection) <= SAME_FACE)
        {
            found[kept] = detection;
            kept += 1;
        }
    }
    found.truncate(kept);
}

fn bounds(detection: &Detection) -> Bounds {
    let Detection {
        center,
        width,
        height,
        ..
    } = detection;
    Bounds {
        left: center.x - width / 2.0,
        top: center.y - height / 2.0,
        right: center.x + width / 2.0,
        bottom: center.y + height / 2.0,
    }
}
