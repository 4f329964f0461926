public class PureCloudAuth {
    private static final String CLIENT_ID = "{{id}}";
    private static final String CLIENT_SECRET = "{{secret}}";

    public static ApiClient connect() throws Exception {
        ApiClient apiClient = ApiClient.Builder.standard().withBasePath(PureCloudRegionHosts.us_east_1).build();
        apiClient.authorizeClientCredentials(CLIENT_ID, CLIENT_SECRET);
        return apiClient;
    }
}
