"""The official Python SDK against a running mien, over HTTP, in both versions of the API."""

import base64
import unittest
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from unittest import mock

import requests
from tencentcloud.common.exception.tencent_cloud_sdk_exception import TencentCloudSDKException

from demo import FACE, MODEL, PROJECT, client, models
from pictures import coded_pixels, is_jpeg, plain_png

# More than the ten calls a second of the demo's licence, even on a slow machine.
BURST = 60

VALUE_ERROR = "InvalidParameterValue.ParameterValueError"


class Case(unittest.TestCase):
    version = None

    def setUp(self):
        self.models = models(self.version)
        self.client = client(self.version)

    def fuse(self, by=None, **fields):
        """FuseFace with the demo's face, but for the fields given."""
        request = self.models.FuseFaceRequest()
        request._deserialize(
            {
                "ProjectId": PROJECT,
                "ModelId": MODEL,
                "RspImgType": "base64",
                "MergeInfos": [{"Image": FACE}],
                **fields,
            }
        )
        return (by or self.client).FuseFace(request)

    def fused(self, **fields):
        """The file that FuseFace makes."""
        return base64.b64decode(self.fuse(**fields).FusedImage, validate=True)

    def materials(self, by=None, **fields):
        request = self.models.DescribeMaterialListRequest()
        request._deserialize({"ActivityId": self.activity, **fields})
        return (by or self.client).DescribeMaterialList(request)

    def fails(self, code, call):
        with self.assertRaises(TencentCloudSDKException) as caught:
            call()
        error = caught.exception
        self.assertEqual(error.get_code(), code, error.get_message())
        self.assertTrue(error.get_message())
        self.assertTrue(error.get_request_id())
        return error.get_message()


class BothVersions:
    def test_a_result_comes_as_base64(self):
        answer = self.fuse()
        self.assertTrue(is_jpeg(base64.b64decode(answer.FusedImage, validate=True)))
        self.assertTrue(answer.RequestId)

    def test_a_result_comes_as_address(self):
        answer = self.fuse(RspImgType="url")
        with urllib.request.urlopen(answer.FusedImage) as response:
            self.assertEqual(response.headers.get_content_type(), "image/jpeg")
            self.assertTrue(is_jpeg(response.read()))

    def test_the_same_call_gives_the_same_pixels(self):
        self.assertEqual(coded_pixels(self.fused()), coded_pixels(self.fused()))

    def test_the_face_of_the_template_is_chosen(self):
        face = self.materials(MaterialId=MODEL).MaterialInfos[0].MaterialFaceList[0].FaceId
        chosen = self.fused(MergeInfos=[{"Image": FACE, "TemplateFaceID": face}])
        self.assertTrue(is_jpeg(chosen))
        self.fails(
            "FailedOperation.TemplateFaceIDNotExist",
            lambda: self.fuse(MergeInfos=[{"Image": FACE, "TemplateFaceID": f"{MODEL}_6"}]),
        )

    def test_degrees_change_the_picture(self):
        degrees = [(0, 0), (0, 100), (100, 0)]
        pictures = {
            coded_pixels(self.fused(FuseFaceDegree=feature, FuseProfileDegree=shape))
            for feature, shape in degrees
        }
        self.assertEqual(len(pictures), len(degrees))
        for field in ("FuseFaceDegree", "FuseProfileDegree"):
            for degree in (101, -1):
                with self.subTest(field=field, degree=degree):
                    self.fails(VALUE_ERROR, lambda: self.fuse(**{field: degree}))

    def test_metadata_goes_into_the_file(self):
        entry = {"MetaKey": "OrderNumber", "MetaValue": "spring-poster-7"}
        fused = self.fused(FuseParam={"ImageCodecParam": {"MetaData": [entry]}})
        self.assertIn(entry["MetaKey"].encode(), fused)
        self.assertIn(entry["MetaValue"].encode(), fused)

    def test_materials_are_listed_in_pages(self):
        pages = [self.materials(Limit=2, Offset=offset) for offset in (0, 2, 4)]
        self.assertEqual([page.Count for page in pages], [3, 3, 3])
        self.assertEqual([len(page.MaterialInfos) for page in pages], [2, 1, 0])
        rows = [row for page in pages for row in page.MaterialInfos]
        self.assertEqual(len({row.MaterialId for row in rows}), 3)
        row = next(row for row in rows if row.MaterialId == MODEL)
        self.assertEqual(row.MaterialStatus, 21)
        box = row.MaterialFaceList[0].FaceInfo
        self.assertTrue(box.Width > 34 and box.Height > 34 and box.X >= 0 and box.Y >= 0)

    def test_a_request_may_be_a_get(self):
        self.assertEqual(self.materials(by=client(self.version, method="GET"), Limit=1).Count, 3)

    def test_keys_are_checked(self):
        wrong = client(self.version, secret_key="x" * 32)
        unknown = client(self.version, secret_id="AKID" + "x" * 32)
        self.fails("AuthFailure.SignatureFailure", lambda: self.materials(by=wrong))
        self.fails("AuthFailure.SecretIdNotFound", lambda: self.materials(by=unknown))

    def test_fields_are_checked(self):
        user = {"Image": FACE}
        cases = [
            ("InvalidParameterValue.ActivityIdNotFound", {"ProjectId": "999999"}),
            ("InvalidParameterValue.MaterialIdNotFound", {"ModelId": "qc_300100_999999_9"}),
            (VALUE_ERROR, {"RspImgType": "png"}),
            (VALUE_ERROR, {"MergeInfos": []}),
            (VALUE_ERROR, {"MergeInfos": [user, user]}),
            (self.no_picture, {"MergeInfos": [{}]}),
            ("FailedOperation.ImageDecodeFailed", {"MergeInfos": [{"Image": FACE[:-3] + "*!"}]}),
            ("FailedOperation.ImageDecodeFailed", {"MergeInfos": [{"Image": "bm90IGEgcGljdHVyZQ=="}]}),
            (self.no_face, {"MergeInfos": [{"Image": plain_png()}]}),
        ]
        for code, fields in cases:
            with self.subTest(code=code, fields=str(fields)[:60]):
                self.fails(code, lambda: self.fuse(**fields))

    def test_messages_come_in_the_language_asked_for(self):
        english = client(self.version, language="en-US")
        unknown = {"ProjectId": "999999"}
        code = "InvalidParameterValue.ActivityIdNotFound"
        message = self.fails(code, lambda: self.fuse(by=english, **unknown))
        self.assertTrue(message.isascii(), message)
        self.assertIn("不存在", self.fails(code, lambda: self.fuse(**unknown)))

    def test_calls_a_second_are_limited(self):
        nothing_to_see = [{"Image": plain_png()}]
        clients = [client(self.version, patient=False) for _ in range(BURST)]

        def code(by):
            try:
                self.fuse(by=by, MergeInfos=nothing_to_see)
            except TencentCloudSDKException as error:
                return error.get_code()
            return None

        with ThreadPoolExecutor(BURST) as pool:
            codes = list(pool.map(code, clients))
        self.assertEqual(set(codes), {self.no_face, "RequestLimitExceeded"})


class V20181201(BothVersions, Case):
    version = "v20181201"
    activity = int(PROJECT)
    no_picture = "InvalidParameterValue.ImageEmpty"
    no_face = "InvalidParameterValue.NoFaceInPhoto"

    def face_fusion(self, **fields):
        request = self.models.FaceFusionRequest()
        request._deserialize({"ProjectId": PROJECT, "ModelId": MODEL, **fields})
        return self.client.FaceFusion(request)

    def test_face_fusion(self):
        answer = self.face_fusion(RspImgType="base64", Image=FACE)
        self.assertTrue(is_jpeg(base64.b64decode(answer.Image, validate=True)))
        address = self.face_fusion(RspImgType="url", Image=FACE).Image
        with urllib.request.urlopen(address) as response:
            self.assertTrue(is_jpeg(response.read()))
        self.fails(self.no_picture, lambda: self.face_fusion(RspImgType="url"))


class V20220927(BothVersions, Case):
    version = "v20220927"
    activity = PROJECT
    no_picture = VALUE_ERROR
    no_face = "FailedOperation.NoFaceDetected"

    def test_no_mark_is_not_granted(self):
        warnings = []
        send = requests.Session.request

        def listening(*args, **kwargs):
            response = send(*args, **kwargs)
            warnings.append(response.headers.get("X-Mien-Warning"))
            return response

        usual = coded_pixels(self.fused(LogoAdd=1))
        with mock.patch.object(requests.Session, "request", listening):
            asked_away = coded_pixels(self.fused(LogoAdd=0))
        self.assertEqual(asked_away, usual)
        self.assertTrue(warnings[-1], "the answer says what was not done")

    def test_the_mark_may_be_ones_own(self):
        own = {
            "LogoRect": {"X": 20, "Y": 20, "Width": 128, "Height": 128},
            "LogoImage": plain_png(grey=255),
        }
        marked = self.fused(LogoAdd=1, LogoParam=own)
        self.assertNotEqual(coded_pixels(marked), coded_pixels(self.fused(LogoAdd=1)))

    def ultra(self, **fields):
        request = self.models.FuseFaceUltraRequest()
        request._deserialize(
            {"RspImgType": "base64", "MergeInfos": [{"Image": FACE}], "ModelImage": FACE} | fields
        )
        return self.client.FuseFaceUltra(request).FusedImage

    def test_ultra_takes_its_template_along_and_the_activity_of_the_key_pays(self):
        usual = coded_pixels(base64.b64decode(self.ultra()))
        likest = self.ultra(SwapModelType=6, FusionUltraParam={"WarpRadio": 0.5, "MpRadio": 0.1})
        self.assertNotEqual(coded_pixels(base64.b64decode(likest)), usual)
        self.assertRegex(self.ultra(RspImgType="url"), r"^http://.*/results/\w+$")

    def test_ultra_checks_its_fields(self):
        for fields in ({"SwapModelType": 7}, {"FusionUltraParam": {"WarpRadio": 1.5}}, {"ModelImage": None}):
            self.fails(
                "InvalidParameterValue.ParameterValueError", lambda: self.ultra(**fields)
            )


if __name__ == "__main__":
    unittest.main()
