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

/// What speaks against using a face; nothing does when [`Quality::faults`] is empty.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Quality {
    /// The faults, worst first.
    pub faults: Vec<Fault>,
    /// Width of the face in pixels, from ear to ear.
    pub width: f32,
    /// Sharpness of the face, 0 (blurred) ..= 1.
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
