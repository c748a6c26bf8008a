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
