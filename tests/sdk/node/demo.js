"use strict";
// The demo server that scripts/sdk-test started, and clients of the official SDK for it.

const fs = require("node:fs");
const { facefusion } = require("tencentcloud-sdk-nodejs/tencentcloud/services/facefusion");

// What `mien serve --demo --json` printed.
const demo = JSON.parse(fs.readFileSync(process.env.MIEN_DEMO, "utf8"));
const face = fs.readFileSync(demo.face).toString("base64");

// This SDK does not try again by itself.
const MOST_ATTEMPTS = 50;
const PAUSE_MS = 200;

function client(version, { secretId, secretKey, language = "zh-CN", method = "POST" } = {}) {
  return new facefusion[version].Client({
    credential: { secretId: secretId ?? demo.secret_id, secretKey: secretKey ?? demo.secret_key },
    region: "ap-guangzhou",
    profile: {
      language,
      httpProfile: { protocol: "http://", endpoint: demo.endpoint, reqMethod: method },
    },
  });
}

/** The outcome of `call`, which is made again while it is too fast for the licence. */
async function patiently(call) {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await call();
    } catch (error) {
      if (error.code !== "RequestLimitExceeded" || attempt === MOST_ATTEMPTS) throw error;
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
    }
  }
}

module.exports = { client, demo, face, patiently };
