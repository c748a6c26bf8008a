use std::fmt;

/// How many points the dense mesh has.
pub const MESH_POINTS: usize = 468;

/// A point in the plane of a picture, in pixels: `x = 3.0` is the centre of column 3.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Point2 {
    /// To the right.
    pub x: f32,
    /// Down.
    pub y: f32,
}

/// A point of the mesh: `x` and `y` as in [`Point2`], `z` in the same unit, smaller towards the
/// camera, 0 at about the head's centre.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Point3 {
    /// To the right.
    pub x: f32,
    /// Down.
    pub y: f32,
    /// Away from the camera.
    pub z: f32,
}

/// A box with sides along the axes, in pixels; it may reach beyond the picture.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Bounds {
    /// Least x.
    pub left: f32,
    /// Least y.
    pub top: f32,
    /// Greatest x.
    pub right: f32,
    /// Greatest y.
    pub bottom: f32,
}

impl Bounds {
    /// The least box around the points of a mesh; all 0 when there is none.
    pub fn around(mesh: &[Point3]) -> Bounds {
        let Some(first) = mesh.first() else {
            return Bounds::default();
        };
        let start = Bounds {
            left: first.x,
            top: first.y,
            right: first.x,
            bottom: first.y,
        };
        mesh.iter().fold(start, |bounds, point| Bounds {
            left: bounds.left.min(point.x),
            top: bounds.top.min(point.y),
            right: bounds.right.max(point.x),
            bottom: bounds.bottom.max(point.y),
        })
    }

    /// From left to right.
    pub fn width(&self) -> f32 {
        self.right - self.left
    }

    /// From top to bottom.
    pub fn height(&self) -> f32 {
        self.bottom - self.top
    }

    /// Width times height.
    pub fn area(&self) -> f32 {
        self.width() * self.height()
    }

    /// The middle.
    pub fn center(&self) -> Point2 {
        Point2 {
            x: (self.left + self.right) / 2.0,
            y: (self.top + self.bottom) / 2.0,
        }
    }

    /// Area common to both as a share of the smaller, 0..=1: 1 when one holds the other.
    pub fn overlap(&self, other: &Bounds) -> f32 {
        let across = self.right.min(other.right) - self.left.max(other.left);
        let down = self.bottom.min(other.bottom) - self.top.max(other.top);
        let common = across.max(0.0) * down.max(0.0);
        let smaller = self.area().min(other.area());
        if smaller > 0.0 { common / smaller } else { 0.0 }
    }
}

/// Where the head looks, in degrees, and the rigid fit it comes from.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pose {
    /// About the vertical axis; positive when the face looks to the right of the picture.
    pub yaw: f32,
    /// About the ear-to-ear axis; positive when the face looks down.
    pub pitch: f32,
    /// In the picture's plane; positive when the head is turned clockwise as seen.
    pub roll: f32,
    /// Rotation from the canonical mesh, its axes turned to the picture's (x right, y down, z away
    /// from the camera), to the picture; rows, orthonormal, determinant 1.
    pub rotation: [[f32; 3]; 3],
    /// Pixels per canonical centimetre.
    pub scale: f32,
}

/// An iris as a circle seen at an angle.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Iris {
    /// Centre.
    pub center: Point2,
    /// Right, top, left and bottom point of its edge as the net gives them.
    pub edge: [Point2; 4],
}

/// A face found in a picture.
#[derive(Clone, Debug, PartialEq)]
pub struct Face {
    /// The box around the mesh.
    pub bounds: Bounds,
    /// The net's certainty that this is a face, 0..=1.
    pub score: f32,
    /// [`MESH_POINTS`] points; indices as in MediaPipe's FaceMesh.
    pub mesh: Vec<Point3>,
    /// The irises of the subject's right and left eye, where the attention net ran.
    pub irises: Option<[Iris; 2]>,
    /// Where the head looks.
    pub pose: Pose,
    /// Whether the face is good enough to fuse, and if not why.
    pub quality: Quality,
}

impl Face {
    /// The face in a picture that begins `x` pixels further left and `y` further up.
    pub fn moved_by(mut self, x: f32, y: f32) -> Face {
        self.bounds.left += x;
        self.bounds.right += x;
        self.bounds.top += y;
        self.bounds.bottom += y;
        for point in &mut self.mesh {
            point.x += x;
            point.y += y;
        }
        for iris in self.irises.iter_mut().flatten() {
            for point in iris.edge.iter_mut().chain([&mut iris.center]) {
                point.x += x;
                point.y += y;
            }
        }
        self
    }
}

/// What speaks against using a face; nothing does when [`Quality::faults`] is empty.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Quality {
    /// The faults, worst first.
    pub faults: Vec<Fault>,
    /// Width of the face in pixels, from ear to ear.
    pub width: f32,
    /// Share of the face's detail that a blur would take away, 0 (none is left) ..= 1; measured on
    /// a grid of at most 96 cells across the face.
    pub sharpness: f32,
    /// Median luma of the face, 0..=255.
    pub luma: f32,
}

/// One reason why a face is not good enough, with the number that says so.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Fault {
    /// Narrower than the engine can use.
    TooSmall {
        /// Width in pixels.
        width: f32,
        /// Least width in pixels.
        least: f32,
    },
    /// Turned so far from the camera that half of it is not seen.
    TurnedAway {
        /// Degrees to the side.
        yaw: f32,
        /// Degrees up or down.
        pitch: f32,
        /// Most degrees either way.
        most: f32,
    },
    /// Reaches beyond the picture.
    CutByBorder {
        /// Share of the mesh points outside, 0..=1.
        outside: f32,
    },
    /// Out of focus or shaken.
    Blurred {
        /// Sharpness, 0..=1.
        sharpness: f32,
        /// Least sharpness.
        least: f32,
    },
    /// Too dark to tell the features.
    Dark {
        /// Median luma, 0..=255.
        luma: f32,
        /// Least luma.
        least: f32,
    },
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Fault::TooSmall { width, least } => write!(
                f,
                "the face is too small: {width:.0} pixels wide, at least {least:.0} are needed; \
                 use a larger picture or come closer"
            ),
            Fault::TurnedAway { yaw, pitch, most } => write!(
                f,
                "the face is turned away: {:.0}° to the side and {:.0}° {}, at most {most:.0}° \
                 can be used; look towards the camera",
                yaw.abs(),
                pitch.abs(),
                if *pitch < 0.0 { "up" } else { "down" },
            ),
            Fault::CutByBorder { outside } => write!(
                f,
                "the face is cut by the border: {:.0} % of it lies outside the picture; \
                 use a picture with the whole face",
                (outside * 100.0).max(1.0)
            ),
            Fault::Blurred { sharpness, least } => write!(
                f,
                "the face is blurred: sharpness {sharpness:.2}, at least {least:.2} is needed; \
                 hold the camera still and focus on the face"
            ),
            Fault::Dark { luma, least } => write!(
                f,
                "the face is too dark: brightness {luma:.0} of 255, at least {least:.0} is \
                 needed; put light on the face"
            ),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bounds(left: f32, top: f32, right: f32, bottom: f32) -> Bounds {
        Bounds {
            left,
            top,
            right,
            bottom,
        }
    }

    #[test]
    fn the_box_of_a_mesh() {
        let points = [(3.0, -2.0), (-1.0, 5.0), (0.0, 0.0)];
        let mesh = points.map(|(x, y)| Point3 { x, y, z: 1.0 });
        let found = Bounds::around(&mesh);
        assert_eq!(found, bounds(-1.0, -2.0, 3.0, 5.0));
        assert_eq!(found.center(), Point2 { x: 1.0, y: 1.5 });
        assert_eq!(
            (found.width(), found.height(), found.area()),
            (4.0, 7.0, 28.0)
        );
        assert_eq!(Bounds::around(&[]), Bounds::default());
    }

    #[test]
    fn overlap_of_boxes() {
        let one = bounds(0.0, 0.0, 2.0, 2.0);
        for (other, expected) in [
            (one, 1.0),
            (bounds(1.0, 0.0, 3.0, 2.0), 0.5),
            (bounds(0.5, 0.5, 1.0, 1.0), 1.0),
            (bounds(-9.0, -9.0, 9.0, 9.0), 1.0),
            (bounds(2.0, 0.0, 3.0, 2.0), 0.0),
            (bounds(5.0, 5.0, 6.0, 6.0), 0.0),
        ] {
            assert!((one.overlap(&other) - expected).abs() < 1e-6, "{other:?}");
        }
        assert_eq!(Bounds::default().overlap(&Bounds::default()), 0.0);
    }

    #[test]
    fn a_face_moves_as_a_whole() {
        let at = |x, y| Point2 { x, y };
        let iris = |x, y| Iris {
            center: at(x, y),
            edge: [
                at(x + 1.0, y),
                at(x, y - 1.0),
                at(x - 1.0, y),
                at(x, y + 1.0),
            ],
        };
        let pose = Pose {
            yaw: 1.0,
            pitch: 2.0,
            roll: 3.0,
            rotation: [[0.0; 3]; 3],
            scale: 4.0,
        };
        let face = |x: f32, y: f32| Face {
            bounds: bounds(x, y, x + 10.0, y + 12.0),
            score: 0.9,
            mesh: vec![
                Point3 { x, y, z: 5.0 },
                Point3 {
                    x: x + 10.0,
                    y: y + 12.0,
                    z: -5.0,
                },
            ],
            irises: Some([iris(x + 3.0, y + 4.0), iris(x + 7.0, y + 4.0)]),
            pose,
            quality: Quality::default(),
        };
        assert_eq!(face(2.0, 3.0).moved_by(100.0, 50.0), face(102.0, 53.0));
    }

    #[test]
    fn a_fault_says_what_is_wrong_and_what_to_do() {
        for (fault, text) in [
            (
                Fault::TooSmall {
                    width: 20.4,
                    least: 34.0,
                },
                "the face is too small: 20 pixels wide, at least 34 are needed; use a larger \
                 picture or come closer",
            ),
            (
                Fault::TurnedAway {
                    yaw: -70.0,
                    pitch: -10.0,
                    most: 60.0,
                },
                "the face is turned away: 70° to the side and 10° up, at most 60° can be used; \
                 look towards the camera",
            ),
            (
                Fault::CutByBorder { outside: 0.25 },
                "the face is cut by the border: 25 % of it lies outside the picture; use a \
                 picture with the whole face",
            ),
            (
                Fault::Blurred {
                    sharpness: 0.104,
                    least: 0.2,
                },
                "the face is blurred: sharpness 0.10, at least 0.20 is needed; hold the camera \
                 still and focus on the face",
            ),
            (
                Fault::Dark {
                    luma: 12.0,
                    least: 20.0,
                },
                "the face is too dark: brightness 12 of 255, at least 20 is needed; put light on \
                 the face",
            ),
        ] {
            assert_eq!(fault.to_string(), text);
        }
    }
}
