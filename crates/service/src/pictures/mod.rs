//! Pictures in the object store, and the small ones that lists show of them.

mod thumbnail;

pub use thumbnail::ThumbnailWidth;
pub(crate) use thumbnail::Thumbnails;

use crate::materials::review_of;
use crate::{Service, ServiceError};
use billing::ActivityId;
use engine::Review;
use pixel::Format;
use std::sync::Arc;
use store::Material;
use store::objects::ObjectKey;

/// A picture that is kept, before its file is read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptPicture {
    /// Its name in the object store, which no other picture ever has.
    object: String,
    /// The format of its file; `None` where it is no picture that we know.
    pub format: Option<Format>,
}

impl KeptPicture {
    pub(crate) fn new(object: &str, format: Option<Format>) -> KeptPicture {
        KeptPicture {
            object: object.to_owned(),
            format,
        }
    }

    pub(crate) fn of(material: &Material) -> Result<KeptPicture, ServiceError> {
        let format = review_of(material)?.format;
        Ok(KeptPicture::new(&material.object, format))
    }

    /// Tells it from every other picture: [`MaterialView::picture`](crate::MaterialView::picture).
    pub fn tag(&self) -> String {
        picture_name(&self.object)
    }
}

impl Service {
    /// The file of a picture, as it was uploaded.
    pub fn read_picture(&self, picture: &KeptPicture) -> Result<Vec<u8>, ServiceError> {
        self.read_object(&picture.object)
    }

    /// A small picture that was made before and is still at hand; costs nothing.
    pub fn ready_thumbnail(
        &self,
        picture: &KeptPicture,
        width: ThumbnailWidth,
    ) -> Option<Arc<[u8]>> {
        self.thumbnails.get(&picture.object, width)
    }

    /// A small picture, as a JPEG; made where it is not at hand, which takes a core some milliseconds.
    pub fn thumbnail(
        &self,
        picture: &KeptPicture,
        width: ThumbnailWidth,
    ) -> Result<Arc<[u8]>, ServiceError> {
        if let Some(ready) = self.ready_thumbnail(picture, width) {
            return Ok(ready);
        }
        let file = self.read_object(&picture.object)?;
        let made: Arc<[u8]> = thumbnail::make(&file, width)?.into();
        self.thumbnails.keep(&picture.object, width, &made);
        Ok(made)
    }

    /// Keeps a picture under a name that no picture had before: neither a material that names another
    /// nor a template prepared from another can meet it.
    pub(crate) fn keep_picture(
        &self,
        activity: ActivityId,
        review: &Review,
        bytes: &[u8],
    ) -> Result<ObjectKey, ServiceError> {
        let mut drawn = [0; 16];
        self.ports.random.fill(&mut drawn)?;
        let name = data_encoding::HEXLOWER.encode(&drawn);
        let ending = match review.format {
            Some(Format::Jpeg) => "jpg",
            Some(Format::Png) => "png",
            None => "bin",
        };
        let key = ObjectKey::parse(&format!("materials/{activity}/{name}.{ending}"))
            .map_err(|error| store::StoreError::Unreadable(error.to_string()))?;
        self.ports.objects.put(&key, bytes)?;
        Ok(key)
    }

    pub(crate) fn read_object(&self, name: &str) -> Result<Vec<u8>, ServiceError> {
        let key = ObjectKey::parse(name)
            .map_err(|error| store::StoreError::Unreadable(error.to_string()))?;
        Ok(self.ports.objects.get(&key)?)
    }

    /// Deletes a picture that no material names any more. One that cannot be deleted now only takes
    /// room; it must not fail what was done.
    pub(crate) fn drop_object(&self, name: &str) {
        self.studio.forget(name);
        self.thumbnails.forget(name);
        if let Ok(key) = ObjectKey::parse(name) {
            let _ = self.ports.objects.delete(&key);
        }
    }
}

/// What tells a picture from others: its drawn name, without folder and ending.
pub(crate) fn picture_name(object: &str) -> String {
    let file = object.rsplit('/').next().unwrap_or_default();
    file.split('.').next().unwrap_or_default().to_owned()
}
