"""The demo server that scripts/sdk-test started, and clients of the official SDK for it."""

import base64
import importlib
import json
import os
from pathlib import Path

from tencentcloud.common.credential import Credential
from tencentcloud.common.profile.client_profile import ClientProfile
from tencentcloud.common.profile.http_profile import HttpProfile
from tencentcloud.common.retry import StandardRetryer

# What `mien serve --demo --json` printed.
DEMO = json.loads(Path(os.environ["MIEN_DEMO"]).read_text())
FACE = base64.b64encode(Path(DEMO["face"]).read_bytes()).decode()
PROJECT = DEMO["project_id"]
MODEL = DEMO["model_id"]


def models(version):
    return importlib.import_module(f"tencentcloud.facefusion.{version}.models")


def client(version, *, secret_id=None, secret_key=None, language="zh-CN", method="POST", patient=True):
    """A client; a patient one tries again when it was too fast, as the SDK offers."""
    http = HttpProfile(protocol="http", endpoint=DEMO["endpoint"], reqMethod=method)
    retryer = StandardRetryer(max_attempts=50, backoff_fn=lambda _: 0.2) if patient else None
    profile = ClientProfile(httpProfile=http, language=language, retryer=retryer)
    credential = Credential(secret_id or DEMO["secret_id"], secret_key or DEMO["secret_key"])
    module = importlib.import_module(f"tencentcloud.facefusion.{version}.facefusion_client")
    return module.FacefusionClient(credential, "ap-guangzhou", profile)
