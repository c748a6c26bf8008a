//! The labels of synthetic pictures, as GB 45438-2025 asks for them: the explicit one that people
//! see ([`UsualMark`], or a customer's own with [`draw_logo`]), and the implicit one in the file that
//! programs read ([`write_label`], [`read_label`]).

mod canvas;
mod error;
mod file;
mod implicit;
mod label_file;
mod logo;
mod mark;
mod xmp;

pub use error::LabelError;
pub use implicit::{FoundLabel, ImplicitLabel, Label, MetaData};
pub use label_file::{check_label, read_label, write_label};
pub use logo::draw_logo;
pub use mark::UsualMark;
