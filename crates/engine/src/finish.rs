use crate::{PreparedTemplate, Workspace};
use pixel::{Image, Rect, Srgb8};
use std::fmt::Debug;

/// What is still done to a fused picture before it is encoded, such as drawing a mark on it.
pub trait Finish: Debug + Sync {
    /// Changes the picture and returns the rectangles that may have changed; they alone are
    /// encoded, besides what the fusion changed.
    ///
    /// The picture has the template's size. `opacity` is there where the result will be transparent;
    /// the colours are then those that the picture shows on white.
    fn finish(&self, picture: &mut Image<Srgb8>, opacity: Option<&mut Image<u8>>) -> Vec<Rect>;
}

impl Workspace {
    /// Finishes the fused picture; adds to `changed`. The result's own opacity is in the workspace then.
    pub(crate) fn finish(
        &mut self,
        template: &PreparedTemplate,
        finish: &dyn Finish,
        changed: &mut Vec<Rect>,
    ) {
        if let Some(opacity) = template.opacity() {
            self.opacity.reshape(opacity.width(), opacity.height(), 0);
            self.opacity.pixels_mut().copy_from_slice(opacity.pixels());
        }
        let opacity = template.opacity().is_some().then_some(&mut self.opacity);
        changed.extend(finish.finish(&mut self.output, opacity));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::portraits::{file, pixels};
    use crate::{Call, Engine, PhotoPlacement, TemplateOptions};
    use fusion::{Degree, Recipe};
    use pixel::{DecodeOptions, Decoded, Format, Limits, decode, encode_png};

    const MARK: Rect = Rect {
        x: 900,
        y: 1000,
        width: 120,
        height: 60,
    };

    /// Fills a rectangle with black and makes it opaque.
    #[derive(Debug)]
    struct Fill;

    impl Finish for Fill {
        fn finish(&self, picture: &mut Image<Srgb8>, opacity: Option<&mut Image<u8>>) -> Vec<Rect> {
            for y in MARK.rows() {
                picture.row_mut(y)[MARK.columns()].fill(Srgb8::BLACK);
            }
            if let Some(opacity) = opacity {
                for y in MARK.rows() {
                    opacity.row_mut(y)[MARK.columns()].fill(255);
                }
            }
            vec![MARK]
        }
    }

    /// An engine and one workspace, in which a call must not see what the one before left.
    struct Bench {
        engine: Engine,
        workspace: Workspace,
    }

    impl Bench {
        fn new() -> Bench {
            let engine = Engine::new().unwrap();
            let workspace = engine.workspace();
            Bench { engine, workspace }
        }

        fn prepare(&mut self, bytes: &[u8], format: Option<Format>) -> PreparedTemplate {
            let options = TemplateOptions {
                format,
                ..TemplateOptions::default()
            };
            let workspace = &mut self.workspace;
            self.engine.prepare(bytes, &options, workspace).unwrap()
        }

        /// The template with a user's face in it, or with all degrees at 100 the template itself.
        fn call(
            &mut self,
            template: &PreparedTemplate,
            degree: Degree,
            finish: Option<&dyn Finish>,
        ) -> Decoded {
            let photo = file("U1");
            let recipe = Recipe {
                feature_degree: degree,
                shape_degree: degree,
                ..Recipe::default()
            };
            let photos = [PhotoPlacement {
                face_near: None,
                photo: &photo,
                template_face: 0,
                recipe,
            }];
            let call = Call {
                template,
                photos: &photos,
                limits: Limits::default(),
                finish,
            };
            let mut encoded = Vec::new();
            self.engine
                .call(&call, &mut self.workspace, &mut encoded)
                .unwrap();
            decode(&encoded, &DecodeOptions::default()).unwrap()
        }
    }

    fn is_marked(x: usize, y: usize) -> bool {
        MARK.columns().contains(&x) && MARK.rows().contains(&y)
    }

    #[test]
    fn what_is_finished_is_in_the_file_and_nothing_else_changes() {
        let mut bench = Bench::new();
        let template = bench.prepare(&file("T1"), Some(Format::Png));
        let marked = bench.call(&template, Degree::USER, Some(&Fill)).pixels;
        let plain = bench.call(&template, Degree::USER, None).pixels;
        assert!(plain != *template.picture());
        for y in 0..plain.height() {
            for x in 0..plain.width() {
                let expected = if is_marked(x, y) {
                    Srgb8::BLACK
                } else {
                    plain.at(x, y)
                };
                assert_eq!(marked.at(x, y), expected, "{x}, {y}");
            }
        }
    }

    /// A JPEG is coded anew in blocks of 16 pixels, and a decoder mixes chroma two pixels beyond.
    #[test]
    fn a_jpeg_is_coded_anew_where_it_was_finished() {
        let mut bench = Bench::new();
        let template = bench.prepare(&file("T1"), None);
        assert_eq!(template.format(), Format::Jpeg);
        let marked = bench.call(&template, Degree::TEMPLATE, Some(&Fill)).pixels;
        let kept = bench.call(&template, Degree::TEMPLATE, None).pixels;
        assert!(kept == *template.picture());
        for y in 0..kept.height() {
            for x in 0..kept.width() {
                let far = !is_marked(x, y)
                    && (x + 18 < MARK.x
                        || x > MARK.x + MARK.width + 18
                        || y + 18 < MARK.y
                        || y > MARK.y + MARK.height + 18);
                if far {
                    assert_eq!(marked.at(x, y), kept.at(x, y), "{x}, {y}");
                } else if is_marked(x, y) {
                    assert!(marked.at(x, y).luma() < 40, "{x}, {y}");
                }
            }
        }
    }

    #[test]
    fn a_transparent_result_has_its_own_opacity() {
        let portrait = pixels("T1");
        let mut opacity = Image::new(portrait.width(), portrait.height(), 255);
        for y in 900..portrait.height() {
            opacity.row_mut(y).fill(0);
        }
        let mut bytes = Vec::new();
        encode_png(portrait.view(), Some(opacity.view()), &mut bytes).unwrap();
        let mut bench = Bench::new();
        let template = bench.prepare(&bytes, None);
        // The template keeps its own: the call before leaves nothing behind.
        for finish in [Some(&Fill as &dyn Finish), None] {
            let found = bench
                .call(&template, Degree::TEMPLATE, finish)
                .alpha
                .unwrap();
            for y in 0..found.height() {
                for x in 0..found.width() {
                    let marked = finish.is_some() && is_marked(x, y);
                    let expected = if marked { 255 } else { opacity.at(x, y) };
                    assert_eq!(found.at(x, y), expected, "{x}, {y}");
                }
            }
        }
    }
}
