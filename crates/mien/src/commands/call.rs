//! `mien call` and `mien try`.

use crate::args::{CallArgs, FusionArgs, TryArgs};
use crate::books;
use crate::commands::config::signing_layers;
use crate::config;
use crate::credential::{self, Opened};
use crate::failure::Failure;
use crate::output_file::{Inputs, OutputFile};
use crate::picture_file::{self, Ending};
use crate::random_key::key_or_random;
use crate::report::{Report, complain};
use crate::words::paid_by;
use pixel::Limits;
use serde_json::json;
use service::labelling::USUAL_LABELLING;
use service::{FuseCall, FusedPicture, LONGEST_SIDE, PhotoSource, Service, UserPhoto};

pub(crate) fn call(args: &CallArgs, report: &mut Report) -> Result<u8, Failure> {
    let (out, photos) = prepare(&args.fusion)?;
    let token = key_or_random(args.token.as_deref())?;
    let layers = signing_layers(&args.signing);
    let opened = credential::open(&config::resolve(&layers, None)?, &layers, None)?;
    let signer = opened.as_ref().map(Opened::signer);
    books::change_and_sign(&args.books, signer, |service| {
        check_ending(service, &args.fusion)?;
        let photos = on_faces(&args.fusion, &photos);
        let fused = service.fuse(&fuse_call(&args.fusion, &photos, Some(&token)))?;
        out.write(&fused.bytes).inspect_err(|_| {
            complain(&format!(
                "call {} counts; the same with --token {token} gives its picture without \
                 counting again",
                fused.call
            ));
        })?;
        said(&args.fusion, &fused, &token, report)
    })
}

pub(crate) fn try_out(args: &TryArgs, report: &mut Report) -> Result<u8, Failure> {
    let (out, photos) = prepare(&args.fusion)?;
    books::look(&args.books, |service| {
        check_ending(service, &args.fusion)?;
        let photos = on_faces(&args.fusion, &photos);
        let (bytes, _) = service.try_out(&fuse_call(&args.fusion, &photos, None))?;
        out.write(&bytes)?;
        let path = args.fusion.out.display();
        if report.is_json() {
            report.document(&json!({ "out": path.to_string(), "counted": false }))?;
        } else {
            report.line(&format!("{path}: fused to try it out; not counted"));
        }
        Ok(0)
    })
}

/// Reads the photos and checks where the picture goes: a call that counts must not fail on that.
fn prepare(args: &FusionArgs) -> Result<(OutputFile, Vec<Vec<u8>>), Failure> {
    let paths = args.face.iter().map(|face| face.path.as_path());
    let inputs = Inputs::new(paths.clone());
    Ending::of(&args.out)?;
    let out = OutputFile::check(&args.out, &inputs)?;
    let photos = paths.map(|path| picture_file::read(path, &Limits::default()));
    Ok((out, photos.collect::<Result<_, _>>()?))
}

/// The picture has the material's format, so its name must not say another. Of a material that cannot
/// be used the service says so.
fn check_ending(service: &Service, args: &FusionArgs) -> Result<(), Failure> {
    let material = service.material(args.owner.account, args.material)?;
    let wanted = Ending::of(&args.out)?.format();
    match (wanted, material.review.format) {
        (Some(wanted), Some(own)) if material.usable && wanted != own => {
            Err(Failure::Usage(format!(
                "{}: the material is a .{own}, and so will be the picture; end the name in .{own}",
                args.out.display(),
                own = own.extension()
            )))
        }
        _ => Ok(()),
    }
}

fn on_faces<'a>(args: &FusionArgs, photos: &'a [Vec<u8>]) -> Vec<UserPhoto<'a>> {
    let on_face = |(photo, file): (&'a Vec<u8>, &crate::args::FaceFile)| UserPhoto {
        photo: PhotoSource::Bytes(photo),
        face_near: None,
        face: file.face,
    };
    photos.iter().zip(&args.face).map(on_face).collect()
}

fn fuse_call<'a>(
    args: &FusionArgs,
    photos: &'a [UserPhoto<'a>],
    token: Option<&'a str>,
) -> FuseCall<'a> {
    FuseCall {
        account: args.owner.account,
        activity: args.activity,
        material: args.material,
        photos,
        feature_degree: args.feature_degree,
        shape_degree: args.shape_degree,
        token,
        longest_side: LONGEST_SIDE,
        labelling: &USUAL_LABELLING,
        keep: None,
    }
}

fn said(
    args: &FusionArgs,
    fused: &FusedPicture,
    token: &str,
    report: &mut Report,
) -> Result<u8, Failure> {
    let (path, charged) = (args.out.display(), &fused.charged);
    if report.is_json() {
        report.document(&json!({
            "out": path.to_string(),
            "call": fused.call,
            "token": token,
            "seq": charged.seq,
            "at": charged.at,
            "charged_to": charged.charged_to,
            "grant_kind": charged.kind,
            "left": charged.left,
            "repeated": charged.repeated,
        }))?;
    } else {
        report.line(&format!(
            "{path}: call {}, paid by {}",
            fused.call,
            paid_by(charged)
        ));
    }
    Ok(0)
}
