import com.mypurecloud.sdk.v2.ApiClient;

public class Main {
  private static final String CLIENT_ID = "{{id}}";
  private static final String CLIENT_SECRET = "{{secret}}";

  public static void main(String[] args) throws Exception {
    ApiClient apiClient = ApiClient.Builder.standard().withBasePath(PureCloudRegionHosts.us_east_1).build();
    apiClient.authorizeClientCredentials(CLIENT_ID, CLIENT_SECRET);
  }
}
