"""The demo server that scripts/sdk-test started, and clients of the official SDK for it."""

import base64
import importlib
import json
import os
import time
from pathlib import Path

from tencentcloud.common.credential import Credential
from tencentcloud.common.exception.tencent_cloud_sdk_exception import TencentCloudSDKException
from tencentcloud.common.profile.client_profile import ClientProfile
from tencentcloud.common.profile.http_profile import HttpProfile

# What `mien serve --demo --json` printed.
DEMO = json.loads(Path(os.environ["MIEN_DEMO"]).read_text())
FACE = base64.b64encode(Path(DEMO["face"]).read_bytes()).decode()
PROJECT = DEMO["project_id"]
MODEL = DEMO["model_id"]


class Patience:
    """Makes a call again while it is too fast for the licence.

    The SDK's StandardRetryer forgets that a later attempt succeeded and goes on trying.
    """

    most_attempts = 50
    pause_s = 0.2

    def send_request(self, call):
        for attempt in range(1, self.most_attempts + 1):
            try:
                return call()
            except TencentCloudSDKException as error:
                if error.get_code() != "RequestLimitExceeded" or attempt == self.most_attempts:
                    raise
                time.sleep(self.pause_s)


def models(version):
    return importlib.import_module(f"tencentcloud.facefusion.{version}.models")


def client(version, *, secret_id=None, secret_key=None, language="zh-CN", method="POST", patient=True):
    """A client; a patient one tries again when it was too fast."""
    http = HttpProfile(protocol="http", endpoint=DEMO["endpoint"], reqMethod=method)
    retryer = Patience() if patient else None
    profile = ClientProfile(httpProfile=http, language=language, retryer=retryer)
    credential = Credential(secret_id or DEMO["secret_id"], secret_key or DEMO["secret_key"])
    module = importlib.import_module(f"tencentcloud.facefusion.{version}.facefusion_client")
    return module.FacefusionClient(credential, "ap-guangzhou", profile)
