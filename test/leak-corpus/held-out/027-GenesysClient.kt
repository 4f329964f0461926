object GenesysClient {
    private const val CLIENT_ID = "{{id}}"
    private const val CLIENT_SECRET = "{{secret}}"

    val client: ApiClient by lazy {
        ApiClient.Builder.standard().withBasePath("https://api.mypurecloud.jp").build().apply {
            authorizeClientCredentials(CLIENT_ID, CLIENT_SECRET)
        }
    }
}
