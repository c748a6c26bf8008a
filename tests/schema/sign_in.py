"""Signs in to a demo server; prints the headers by which a login acts, one in each line.

usage: sign_in.py DEMO NUMBER    (DEMO: the line of a demo server; NUMBER: which of its logins, from 0)
"""

import json
import sys
import urllib.request

demo = json.load(open(sys.argv[1], encoding="utf-8"))
login = demo["logins"][int(sys.argv[2])]
request = urllib.request.Request(
    f"http://{demo['endpoint']}/api/v1/session",
    data=json.dumps(login).encode(),
    headers={"Content-Type": "application/json"},
)
with urllib.request.urlopen(request) as answer:
    cookie = answer.headers["Set-Cookie"].split(";")[0]
    csrf = json.load(answer)["csrf"]
print(f"Cookie: {cookie}")
print(f"X-Mien-Csrf: {csrf}")
