//! Where pictures are made: the engine, its buffers, the prepared templates.

use crate::course::{Stage, note_ended};
use crate::error::ServiceError;
use engine::{
    Call, CallError, Engine, Finish, PhotoPlacement, PixelBox, PreparedTemplate, Review,
    ReviewRules, TemplateCache, TemplateError, TemplateOptions, Workspace,
};
use pixel::{Format, Limits};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Mutex, PoisonError};

/// Bytes that prepared templates may take together.
const TEMPLATE_BYTES: usize = 512 << 20;

/// The engine with what it keeps from call to call. The nets are loaded when first needed.
pub(crate) struct Studio {
    engine: Mutex<Option<Arc<Engine>>>,
    workspaces: Mutex<Vec<Workspace>>,
    templates: TemplateCache<String>,
    rules: ReviewRules,
}

/// A picture that was made.
pub(crate) struct Made {
    pub(crate) bytes: Vec<u8>,
    pub(crate) format: Format,
}

/// Why no picture was made.
#[derive(Debug)]
pub(crate) enum NotMade {
    /// The engine said why.
    Call(CallError),
    /// It broke down.
    Broken(String),
}

impl Studio {
    pub(crate) fn new() -> Studio {
        Studio {
            engine: Mutex::new(None),
            workspaces: Mutex::default(),
            templates: TemplateCache::new(TEMPLATE_BYTES),
            rules: ReviewRules::default(),
        }
    }

    /// Reviews an uploaded portrait.
    pub(crate) fn review(&self, bytes: &[u8]) -> Result<Review, ServiceError> {
        self.work(|engine, workspace| engine.review(bytes, &self.rules, workspace))
    }

    /// A prepared template; `load` gives its bytes where it is not prepared yet.
    pub(crate) fn template(
        &self,
        key: &str,
        load: impl FnOnce() -> Result<Vec<u8>, ServiceError>,
    ) -> Result<Arc<PreparedTemplate>, ServiceError> {
        self.templates.get_or_prepare(&key.to_owned(), || {
            let bytes = load()?;
            let prepared = self.work(|engine, workspace| {
                engine.prepare(&bytes, &TemplateOptions::default(), workspace)
            })?;
            prepared.map_err(|error| ServiceError::Template(error.to_string()))
        })
    }

    /// A template for one call, prepared for the faces it asks for, and the number of each.
    pub(crate) fn template_at(
        &self,
        bytes: &[u8],
        limits: Limits,
        places: &[Option<PixelBox>],
    ) -> Result<Result<(PreparedTemplate, Vec<usize>), TemplateError>, ServiceError> {
        let options = TemplateOptions {
            limits,
            ..TemplateOptions::default()
        };
        self.work(|engine, workspace| engine.prepare_at(bytes, &options, places, workspace))
    }

    /// Forgets a prepared template.
    pub(crate) fn forget(&self, key: &str) {
        self.templates.remove(&key.to_owned());
    }

    /// Fuses photos into a template.
    pub(crate) fn fuse(
        &self,
        template: &PreparedTemplate,
        photos: &[PhotoPlacement<'_>],
        limits: Limits,
        finish: Option<&dyn Finish>,
    ) -> Result<Made, NotMade> {
        let call = Call {
            template,
            photos,
            limits,
            finish,
        };
        let fused = self.work(|engine, workspace| {
            let mut bytes = Vec::new();
            let times = engine.call(&call, workspace, &mut bytes)?;
            note_ended(&[
                (Stage::Decode, times.decode),
                (Stage::Find, times.find),
                (Stage::Fuse, times.fusion.fuse),
                (Stage::Encode, times.fusion.encode),
            ]);
            Ok(bytes)
        });
        match fused {
            Ok(Ok(bytes)) => Ok(Made {
                bytes,
                format: template.format(),
            }),
            Ok(Err(error)) => Err(NotMade::Call(error)),
            Err(error) => Err(NotMade::Broken(error.to_string())),
        }
    }

    /// Works with the engine and a workspace, and outlives a panic in it.
    fn work<T>(&self, work: impl FnOnce(&Engine, &mut Workspace) -> T) -> Result<T, ServiceError> {
        let engine = self.engine()?;
        let spare = self
            .workspaces
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .pop();
        let mut workspace = spare.unwrap_or_else(|| engine.workspace());
        let done = catch_unwind(AssertUnwindSafe(|| {
            let result = work(&engine, &mut workspace);
            (result, workspace)
        }));
        match done {
            Ok((result, workspace)) => {
                let mut spare = self
                    .workspaces
                    .lock()
                    .unwrap_or_else(PoisonError::into_inner);
                spare.push(workspace);
                Ok(result)
            }
            // The workspace is gone with it: nothing half-done is used again.
            Err(_) => Err(ServiceError::Engine(
                "it broke down on this picture".to_owned(),
            )),
        }
    }

    /// Loads the nets where that was not done yet.
    pub(crate) fn load(&self) -> Result<(), ServiceError> {
        self.engine().map(|_| ())
    }

    fn engine(&self) -> Result<Arc<Engine>, ServiceError> {
        let mut kept = self.engine.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(engine) = &*kept {
            return Ok(Arc::clone(engine));
        }
        let engine = Engine::new().map_err(|error| ServiceError::Engine(error.to_string()))?;
        let engine = Arc::new(engine);
        *kept = Some(Arc::clone(&engine));
        Ok(engine)
    }
}
