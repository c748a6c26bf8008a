package main

import (
	"encoding/base64"
	"fmt"
	"os"

	"github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/common"
	"github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/common/profile"
	facefusion "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/facefusion/v20220927"
)

func main() {
	settings := profile.NewClientProfile()
	settings.HttpProfile.Scheme = "HTTP"
	settings.HttpProfile.Endpoint = "ADDRESS"
	client, err := facefusion.NewClient(common.NewCredential("SECRET_ID", "SECRET_KEY"), "", settings)
	if err != nil {
		panic(err)
	}
	photo, err := os.ReadFile(`FACE`)
	if err != nil {
		panic(err)
	}
	request := facefusion.NewFuseFaceRequest()
	request.ProjectId = common.StringPtr("PROJECT")
	request.ModelId = common.StringPtr("MODEL")
	request.RspImgType = common.StringPtr("url")
	image := base64.StdEncoding.EncodeToString(photo)
	request.MergeInfos = []*facefusion.MergeInfo{{Image: &image}}
	answer, err := client.FuseFace(request)
	if err != nil {
		panic(err)
	}
	fmt.Println(*answer.Response.FusedImage)
}
