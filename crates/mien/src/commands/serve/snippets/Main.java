import com.tencentcloudapi.common.Credential;
import com.tencentcloudapi.common.profile.ClientProfile;
import com.tencentcloudapi.common.profile.HttpProfile;
import com.tencentcloudapi.facefusion.v20220927.FacefusionClient;
import com.tencentcloudapi.facefusion.v20220927.models.FuseFaceRequest;
import com.tencentcloudapi.facefusion.v20220927.models.MergeInfo;
import java.nio.file.Files;
import java.nio.file.Paths;
import java.util.Base64;

public class Main {
    public static void main(String[] args) throws Exception {
        HttpProfile http = new HttpProfile();
        http.setProtocol(HttpProfile.REQ_HTTP);
        http.setEndpoint("ADDRESS");
        ClientProfile profile = new ClientProfile();
        profile.setHttpProfile(http);
        Credential credential = new Credential("SECRET_ID", "SECRET_KEY");
        FacefusionClient client = new FacefusionClient(credential, "", profile);
        byte[] photo = Files.readAllBytes(Paths.get("FACE"));
        MergeInfo face = new MergeInfo();
        face.setImage(Base64.getEncoder().encodeToString(photo));
        FuseFaceRequest request = new FuseFaceRequest();
        request.setProjectId("PROJECT");
        request.setModelId("MODEL");
        request.setRspImgType("url");
        request.setMergeInfos(new MergeInfo[] {face});
        System.out.println(client.FuseFace(request).getFusedImage());
    }
}
