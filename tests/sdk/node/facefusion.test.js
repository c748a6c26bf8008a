"use strict";
// The official Node.js SDK against a running mien, over HTTP, in both versions of the API.

const assert = require("node:assert/strict");
const { describe, test } = require("node:test");
const { client, demo, face, patiently } = require("./demo.js");
const { codedPixels, isJpeg, plainPng } = require("./pictures.js");

// More than the ten calls a second of the demo's licence, even on a slow machine.
const BURST = 60;

const VALUE_ERROR = "InvalidParameterValue.ParameterValueError";

const VERSIONS = {
  v20181201: {
    activity: Number(demo.project_id),
    noPicture: "InvalidParameterValue.ImageEmpty",
    noFace: "InvalidParameterValue.NoFaceInPhoto",
  },
  v20220927: {
    activity: demo.project_id,
    noPicture: VALUE_ERROR,
    noFace: "FailedOperation.NoFaceDetected",
  },
};

/** A FuseFace request with the demo's face, but for the fields given. */
function request(fields = {}) {
  return {
    ProjectId: demo.project_id,
    ModelId: demo.model_id,
    RspImgType: "base64",
    MergeInfos: [{ Image: face }],
    ...fields,
  };
}

/** The file that FuseFace makes. */
async function fused(by, fields) {
  const answer = await patiently(() => by.FuseFace(request(fields)));
  assert.ok(answer.RequestId);
  return Buffer.from(answer.FusedImage, "base64");
}

async function fetched(address) {
  const response = await fetch(address);
  assert.equal(response.status, 200);
  assert.equal(response.headers.get("content-type"), "image/jpeg");
  return Buffer.from(await response.arrayBuffer());
}

/** That `call` fails with `code`; its message. */
async function fails(code, call) {
  const error = await patiently(call).then(
    () => assert.fail(`${code} was expected`),
    (error) => error,
  );
  assert.equal(error.code, code, error.message);
  assert.ok(error.message);
  assert.ok(error.requestId);
  return error.message;
}

for (const [version, { activity, noPicture, noFace }] of Object.entries(VERSIONS)) {
  describe(version, () => {
    const sdk = client(version);
    const materials = (fields, by = sdk) => by.DescribeMaterialList({ ActivityId: activity, ...fields });

    test("a result comes as base64", async () => {
      assert.ok(isJpeg(await fused(sdk)));
    });

    test("a result comes as address", async () => {
      const answer = await patiently(() => sdk.FuseFace(request({ RspImgType: "url" })));
      assert.ok(isJpeg(await fetched(answer.FusedImage)));
    });

    test("the face of the template is chosen", async () => {
      const { MaterialInfos } = await materials({ MaterialId: demo.model_id });
      const faceId = MaterialInfos[0].MaterialFaceList[0].FaceId;
      const onto = (id) => ({ MergeInfos: [{ Image: face, TemplateFaceID: id }] });
      assert.ok(isJpeg(await fused(sdk, onto(faceId))));
      const unknown = request(onto(`${demo.model_id}_6`));
      await fails("FailedOperation.TemplateFaceIDNotExist", () => sdk.FuseFace(unknown));
    });

    test("degrees change the picture", async () => {
      const pictures = new Set();
      for (const [feature, shape] of [[0, 0], [0, 100], [100, 0]]) {
        const jpeg = await fused(sdk, { FuseFaceDegree: feature, FuseProfileDegree: shape });
        pictures.add(codedPixels(jpeg));
      }
      assert.equal(pictures.size, 3);
      for (const field of ["FuseFaceDegree", "FuseProfileDegree"]) {
        await fails(VALUE_ERROR, () => sdk.FuseFace(request({ [field]: 101 })));
      }
    });

    test("materials are listed in pages", async () => {
      const rows = [];
      for (const [offset, length] of [[0, 2], [2, 1], [4, 0]]) {
        const page = await materials({ Limit: 2, Offset: offset });
        assert.equal(page.Count, 3);
        assert.equal(page.MaterialInfos.length, length);
        rows.push(...page.MaterialInfos.map((row) => row.MaterialId));
      }
      assert.equal(new Set(rows).size, 3);
      assert.ok(rows.includes(demo.model_id));
    });

    test("a request may be a GET", async () => {
      const page = await materials({ Limit: 1 }, client(version, { method: "GET" }));
      assert.equal(page.Count, 3);
    });

    test("keys are checked", async () => {
      const wrong = client(version, { secretKey: "x".repeat(32) });
      const unknown = client(version, { secretId: `AKID${"x".repeat(32)}` });
      await fails("AuthFailure.SignatureFailure", () => materials({}, wrong));
      await fails("AuthFailure.SecretIdNotFound", () => materials({}, unknown));
    });

    const user = { Image: face };
    const refused = [
      ["an unknown project", "InvalidParameterValue.ActivityIdNotFound", { ProjectId: "999999" }],
      ["an unknown material", "InvalidParameterValue.MaterialIdNotFound", { ModelId: "qc_300100_999999_9" }],
      ["an unknown kind of answer", VALUE_ERROR, { RspImgType: "png" }],
      ["no user", VALUE_ERROR, { MergeInfos: [] }],
      ["two users on one face", VALUE_ERROR, { MergeInfos: [user, user] }],
      ["no picture", noPicture, { MergeInfos: [{}] }],
      ["broken base64", "FailedOperation.ImageDecodeFailed", { MergeInfos: [{ Image: `${face.slice(0, -3)}*!` }] }],
      ["a picture without a face", noFace, { MergeInfos: [{ Image: plainPng() }] }],
    ];
    for (const [what, code, fields] of refused) {
      test(`${what} is refused`, () => fails(code, () => sdk.FuseFace(request(fields))));
    }

    test("messages come in the language asked for", async () => {
      const english = client(version, { language: "en-US" });
      const unknown = request({ ProjectId: "999999" });
      const code = "InvalidParameterValue.ActivityIdNotFound";
      assert.match(await fails(code, () => english.FuseFace(unknown)), /^[\x20-\x7e]+$/);
      assert.match(await fails(code, () => sdk.FuseFace(unknown)), /不存在/);
    });

    test("calls a second are limited", async () => {
      const noneToSee = request({ MergeInfos: [{ Image: plainPng() }] });
      const codes = await Promise.all(
        Array.from({ length: BURST }, () => sdk.FuseFace(noneToSee).catch((error) => error.code)),
      );
      assert.deepEqual(new Set(codes), new Set([noFace, "RequestLimitExceeded"]));
    });
  });
}

test("FaceFusion of 2018-12-01", async () => {
  const sdk = client("v20181201");
  const call = (fields) =>
    patiently(() =>
      sdk.FaceFusion({ ProjectId: demo.project_id, ModelId: demo.model_id, ...fields }),
    );
  const { Image } = await call({ RspImgType: "base64", Image: face });
  assert.ok(isJpeg(Buffer.from(Image, "base64")));
  const answer = await call({ RspImgType: "url", Image: face });
  assert.ok(isJpeg(await fetched(answer.Image)));
});

test("no mark is not granted, one's own is", async () => {
  const sdk = client("v20220927");
  const usual = codedPixels(await fused(sdk, { LogoAdd: 1 }));
  assert.equal(codedPixels(await fused(sdk, { LogoAdd: 0 })), usual);
  const own = { LogoRect: { X: 20, Y: 20, Width: 128, Height: 128 }, LogoImage: plainPng(128, 255) };
  assert.notEqual(codedPixels(await fused(sdk, { LogoAdd: 1, LogoParam: own })), usual);
});

describe("FuseFaceUltra", () => {
  const sdk = client("v20220927");
  const ultra = (fields = {}) => ({
    RspImgType: "base64",
    MergeInfos: [{ Image: face }],
    ModelImage: face,
    ...fields,
  });

  test("takes its template along, and the activity of the key pays", async () => {
    const answer = await patiently(() => sdk.FuseFaceUltra(ultra({ SwapModelType: 3 })));
    assert.ok(isJpeg(Buffer.from(answer.FusedImage, "base64")));
    const kept = await patiently(() => sdk.FuseFaceUltra(ultra({ RspImgType: "url" })));
    assert.match(kept.FusedImage, /^http:\/\/.*\/results\/\w+$/);
  });

  test("checks its fields", () =>
    assert.rejects(
      patiently(() => sdk.FuseFaceUltra(ultra({ SwapModelType: 7 }))),
      (error) => error.code === VALUE_ERROR,
    ));
});
