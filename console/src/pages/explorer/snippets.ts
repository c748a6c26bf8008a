import { PHOTO } from "./presets";

/** A call to be written as a program. */
export interface Call {
  version: string;
  action: string;
  /** The fields, a JSON text. */
  body: string;
  secretId: string;
  /** `host:port`, without a scheme. */
  endpoint: string;
  secure: boolean;
}

export interface Snippet {
  key: string;
  name: string;
  install: string;
  code: string;
}

/** The call as programs with the official SDKs, and for curl. */
export function snippets(call: Call): Snippet[] {
  return [
    { key: "python", name: "Python", install: "pip install tencentcloud-sdk-python-facefusion", code: python(call) },
    { key: "node", name: "Node.js", install: "npm install tencentcloud-sdk-nodejs", code: node(call) },
    { key: "go", name: "Go", install: "go get github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/facefusion", code: go(call) },
    { key: "java", name: "Java", install: "com.tencentcloudapi:tencentcloud-sdk-java", code: java(call) },
    { key: "php", name: "PHP", install: "composer require tencentcloud/facefusion", code: php(call) },
    { key: "curl", name: "curl", install: "", code: curl(call) },
  ];
}

const tag = (call: Call) => `v${call.version.replaceAll("-", "")}`;
const scheme = (call: Call) => (call.secure ? "https" : "http");
const hasPhoto = (call: Call) => call.body.includes(PHOTO);
/** A text in double quotes as most languages read it. */
const quoted = (text: string) => JSON.stringify(text);
const compact = (call: Call) => JSON.stringify(JSON.parse(call.body));

function python(call: Call): string {
  const photo = hasPhoto(call)
    ? `photo = base64.b64encode(open("photo.jpg", "rb").read()).decode()\nbody = body.replace("${PHOTO}", photo)\n`
    : "";
  return `${hasPhoto(call) ? "import base64\n" : ""}import os
from tencentcloud.common.credential import Credential
from tencentcloud.common.profile.client_profile import ClientProfile
from tencentcloud.common.profile.http_profile import HttpProfile
from tencentcloud.facefusion.${tag(call)} import facefusion_client, models

profile = ClientProfile(httpProfile=HttpProfile(protocol="${scheme(call)}", endpoint=${quoted(call.endpoint)}))
credential = Credential(${quoted(call.secretId)}, os.environ["SECRET_KEY"])
client = facefusion_client.FacefusionClient(credential, "", profile)
body = ${quoted(compact(call))}
${photo}request = models.${call.action}Request()
request.from_json_string(body)
print(client.${call.action}(request).to_json_string())
`;
}

function node(call: Call): string {
  const photo = hasPhoto(call)
    ? `.replaceAll("${PHOTO}", fs.readFileSync("photo.jpg").toString("base64"))`
    : "";
  return `${hasPhoto(call) ? 'const fs = require("fs");\n' : ""}const { facefusion } = require("tencentcloud-sdk-nodejs");

const client = new facefusion.${tag(call)}.Client({
  credential: { secretId: ${quoted(call.secretId)}, secretKey: process.env.SECRET_KEY },
  region: "",
  profile: { httpProfile: { protocol: "${scheme(call)}://", endpoint: ${quoted(call.endpoint)} } },
});
const body = ${quoted(compact(call))}${photo};
client.${call.action}(JSON.parse(body)).then((answer) => console.log(answer), console.error);
`;
}

function go(call: Call): string {
  const photo = hasPhoto(call)
    ? `	photo, err := os.ReadFile("photo.jpg")
	if err != nil {
		panic(err)
	}
	body = strings.ReplaceAll(body, "${PHOTO}", base64.StdEncoding.EncodeToString(photo))
`
    : "";
  return `package main

import (
${hasPhoto(call) ? '	"encoding/base64"\n' : ""}	"fmt"
	"os"
${hasPhoto(call) ? '	"strings"\n' : ""}
	"github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/common"
	"github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/common/profile"
	facefusion "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/facefusion/${tag(call)}"
)

func main() {
	settings := profile.NewClientProfile()
	settings.HttpProfile.Scheme = "${scheme(call).toUpperCase()}"
	settings.HttpProfile.Endpoint = ${quoted(call.endpoint)}
	credential := common.NewCredential(${quoted(call.secretId)}, os.Getenv("SECRET_KEY"))
	client, err := facefusion.NewClient(credential, "", settings)
	if err != nil {
		panic(err)
	}
	body := ${quoted(compact(call))}
${photo}	request := facefusion.New${call.action}Request()
	if err := request.FromJsonString(body); err != nil {
		panic(err)
	}
	answer, err := client.${call.action}(request)
	if err != nil {
		panic(err)
	}
	fmt.Println(answer.ToJsonString())
}
`;
}

function java(call: Call): string {
  const models = `com.tencentcloudapi.facefusion.${tag(call)}`;
  const photo = hasPhoto(call)
    ? `        byte[] photo = Files.readAllBytes(Paths.get("photo.jpg"));
        body = body.replace("${PHOTO}", Base64.getEncoder().encodeToString(photo));
`
    : "";
  return `import com.tencentcloudapi.common.AbstractModel;
import com.tencentcloudapi.common.Credential;
import com.tencentcloudapi.common.profile.ClientProfile;
import com.tencentcloudapi.common.profile.HttpProfile;
import ${models}.FacefusionClient;
import ${models}.models.${call.action}Request;
${hasPhoto(call) ? "import java.nio.file.Files;\nimport java.nio.file.Paths;\nimport java.util.Base64;\n" : ""}
public class Main {
    public static void main(String[] args) throws Exception {
        HttpProfile http = new HttpProfile();
        http.setProtocol("${scheme(call)}://");
        http.setEndpoint(${quoted(call.endpoint)});
        ClientProfile profile = new ClientProfile();
        profile.setHttpProfile(http);
        Credential credential = new Credential(${quoted(call.secretId)}, System.getenv("SECRET_KEY"));
        FacefusionClient client = new FacefusionClient(credential, "", profile);
        String body = ${quoted(compact(call))};
${photo}        ${call.action}Request request = AbstractModel.fromJsonString(body, ${call.action}Request.class);
        System.out.println(AbstractModel.toJsonString(client.${call.action}(request)));
    }
}
`;
}

function php(call: Call): string {
  const space = tag(call).toUpperCase();
  const photo = hasPhoto(call) ? `$body = str_replace("${PHOTO}", base64_encode(file_get_contents("photo.jpg")), $body);\n` : "";
  return `<?php
require "vendor/autoload.php";

use TencentCloud\\Common\\Credential;
use TencentCloud\\Common\\Profile\\ClientProfile;
use TencentCloud\\Common\\Profile\\HttpProfile;
use TencentCloud\\Facefusion\\${space}\\FacefusionClient;
use TencentCloud\\Facefusion\\${space}\\Models\\${call.action}Request;

$http = new HttpProfile();
$http->setProtocol("${scheme(call)}://");
$http->setEndpoint(${quoted(call.endpoint)});
$profile = new ClientProfile();
$profile->setHttpProfile($http);
$credential = new Credential(${quoted(call.secretId)}, getenv("SECRET_KEY"));
$client = new FacefusionClient($credential, "", $profile);
$body = ${single(compact(call), "\\'")};
${photo}$request = new ${call.action}Request();
$request->fromJsonString($body);
echo $client->${call.action}($request)->toJsonString(), "\\n";
`;
}

/** A text in single quotes; in PHP a backslash is doubled, in a shell it stands for itself. */
function single(text: string, quote: string): string {
  const plain = quote === "\\'" ? text.replaceAll("\\", "\\\\") : text;
  return `'${plain.replaceAll("'", () => quote)}'`;
}

function curl(call: Call): string {
  const photo = hasPhoto(call)
    ? `photo=$(base64 < photo.jpg | tr -d '\\n')\nbody=\${body//'${PHOTO}'/$photo}\n`
    : "";
  return `host=${call.endpoint} secret_id=${call.secretId} secret_key=$SECRET_KEY
body=${single(compact(call), "'\\''")}
${photo}now=$(date +%s) day=$(date -u +%F)
hash() { openssl dgst -sha256 -hex | sed 's/.*= *//'; }
hmac() { openssl dgst -sha256 -mac HMAC -macopt "$1" -hex | sed 's/.*= *//'; }
request=$(printf 'POST\\n/\\n\\ncontent-type:application/json\\nhost:%s\\n\\ncontent-type;host\\n%s' \\
  "$host" "$(printf %s "$body" | hash)" | hash)
key=$(printf %s "$day" | hmac "key:TC3$secret_key")
key=$(printf %s facefusion | hmac "hexkey:$key")
key=$(printf %s tc3_request | hmac "hexkey:$key")
signature=$(printf 'TC3-HMAC-SHA256\\n%s\\n%s/facefusion/tc3_request\\n%s' "$now" "$day" "$request" | hmac "hexkey:$key")
printf %s "$body" | curl -s "${scheme(call)}://$host/" --data-binary @- \\
  -H 'Content-Type: application/json' -H 'X-TC-Action: ${call.action}' -H 'X-TC-Version: ${call.version}' \\
  -H "X-TC-Timestamp: $now" -H "Authorization: TC3-HMAC-SHA256 Credential=$secret_id/$day/facefusion/tc3_request, \\
SignedHeaders=content-type;host, Signature=$signature"
`;
}
