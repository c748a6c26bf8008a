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
