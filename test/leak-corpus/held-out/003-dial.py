def place_call(number):
    region = PureCloudPlatformClientV2.PureCloudRegionHosts.us_west_2
    PureCloudPlatformClientV2.configuration.host = region.get_api_host()

    apiclient = PureCloudPlatformClientV2.api_client.ApiClient().get_client_credentials_token('{{id}}',
                                                                                              '{{secret}}')
    calls = PureCloudPlatformClientV2.ConversationsApi(apiclient)
