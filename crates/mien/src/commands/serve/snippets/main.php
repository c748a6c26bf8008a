<?php
require "vendor/autoload.php";

use TencentCloud\Common\Credential;
use TencentCloud\Common\Profile\ClientProfile;
use TencentCloud\Common\Profile\HttpProfile;
use TencentCloud\Facefusion\V20220927\FacefusionClient;
use TencentCloud\Facefusion\V20220927\Models\FuseFaceRequest;

$http = new HttpProfile();
$http->setProtocol("http://");
$http->setEndpoint("ADDRESS");
$profile = new ClientProfile();
$profile->setHttpProfile($http);
$client = new FacefusionClient(new Credential("SECRET_ID", "SECRET_KEY"), "", $profile);
$request = new FuseFaceRequest();
$request->fromJsonString(json_encode([
    "ProjectId" => "PROJECT",
    "ModelId" => "MODEL",
    "RspImgType" => "url",
    "MergeInfos" => [["Image" => base64_encode(file_get_contents('FACE'))]],
]));
echo $client->FuseFace($request)->getFusedImage(), "\n";
