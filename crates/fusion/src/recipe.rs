/// How a user's face is brought into the template.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Algorithm {
    /// The user's features on the template's geometry and light.
    #[default]
    Natural,
    /// Identity first: the user's feature layout is kept, side faces are corrected.
    Likeness,
}

/// A degree, 0..=100: lower is more like the user, higher more like the template.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Degree(u8);

impl Degree {
    /// The user's.
    pub const USER: Degree = Degree(0);
    /// Half way.
    pub const HALF: Degree = Degree(50);
    /// The template's.
    pub const TEMPLATE: Degree = Degree(100);

    /// `None` above 100.
    pub const fn new(value: u8) -> Option<Degree> {
        if value <= 100 {
            Some(Degree(value))
        } else {
            None
        }
    }

    /// The degree, 0..=100.
    pub const fn get(self) -> u8 {
        self.0
    }

    /// The user's part, 0 (all template) ..= 1 (all user).
    pub(crate) fn user_share(self) -> f32 {
        1.0 - f32::from(self.0) / 100.0
    }
}

/// What the caller chooses for one face.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Recipe {
    /// The algorithm version.
    pub algorithm: Algorithm,
    /// 五官: whose eyes, brows, nose and mouth.
    pub feature_degree: Degree,
    /// 脸型: whose contour.
    pub shape_degree: Degree,
}

impl Default for Recipe {
    fn default() -> Self {
        Recipe {
            algorithm: Algorithm::default(),
            feature_degree: Degree::HALF,
            shape_degree: Degree::HALF,
        }
    }
}
