//! Programs that call the demo server, ready to be pasted.

use super::demo::Demo;
use std::net::SocketAddr;

const TEXT: &str = r#"listening on http://ADDRESS

Console: http://ADDRESS/console/
LOGINS
Python (pip install tencentcloud-sdk-python-facefusion):

    import base64
    from tencentcloud.common.credential import Credential
    from tencentcloud.common.profile.client_profile import ClientProfile
    from tencentcloud.common.profile.http_profile import HttpProfile
    from tencentcloud.facefusion.v20220927 import facefusion_client, models

    profile = ClientProfile(httpProfile=HttpProfile(protocol="http", endpoint="ADDRESS"))
    credential = Credential("SECRET_ID", "SECRET_KEY")
    client = facefusion_client.FacefusionClient(credential, "", profile)
    request = models.FuseFaceRequest()
    request.ProjectId, request.ModelId, request.RspImgType = "PROJECT", "MODEL", "url"
    face = models.MergeInfo()
    face.Image = base64.b64encode(open(r"FACE", "rb").read()).decode()
    request.MergeInfos = [face]
    print(client.FuseFace(request).FusedImage)

Node (npm install tencentcloud-sdk-nodejs):

    const fs = require("fs");
    const { facefusion } = require("tencentcloud-sdk-nodejs");
    const client = new facefusion.v20220927.Client({
      credential: { secretId: "SECRET_ID", secretKey: "SECRET_KEY" },
      region: "",
      profile: { httpProfile: { protocol: "http://", endpoint: "ADDRESS" } },
    });
    client.FuseFace({
      ProjectId: "PROJECT", ModelId: "MODEL", RspImgType: "url",
      MergeInfos: [{ Image: fs.readFileSync(String.raw`FACE`).toString("base64") }],
    }).then((answer) => console.log(answer.FusedImage));
"#;

/// Where it listens, and the programs.
pub(super) fn text(address: SocketAddr, demo: &Demo) -> String {
    let logins: String = demo
        .logins
        .iter()
        .map(|login| format!("    {}  {}\n", login.login, login.password))
        .collect();
    TEXT.replace("ADDRESS", &address.to_string())
        .replace("LOGINS", &logins)
        .replace("SECRET_ID", &demo.secret_id)
        .replace("SECRET_KEY", &demo.secret_key)
        .replace("PROJECT", &demo.activity.to_string())
        .replace("MODEL", &demo.material.to_string())
        .replace("FACE", &demo.face.display().to_string())
}
