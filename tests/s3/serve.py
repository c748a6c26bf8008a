"""Runs a command while an S3 server with an empty bucket lives; MIEN_TEST_S3 tells the command where."""

import logging
import os
import subprocess
import sys

import boto3
from moto.server import ThreadedMotoServer

logging.getLogger("werkzeug").setLevel(logging.ERROR)
server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
server.start()
_, port = server.get_host_and_port()
endpoint = f"http://127.0.0.1:{port}"
boto3.client("s3", endpoint_url=endpoint).create_bucket(Bucket="pictures")
place = f"s3://pictures?endpoint={endpoint}"
done = subprocess.run(sys.argv[1:], env=os.environ | {"MIEN_TEST_S3": place})
server.stop()
sys.exit(done.returncode)
