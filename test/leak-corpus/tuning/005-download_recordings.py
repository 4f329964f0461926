import PureCloudPlatformClientV2

region = PureCloudPlatformClientV2.PureCloudRegionHosts.us_east_1
PureCloudPlatformClientV2.configuration.host = region.get_api_host()
apiclient = PureCloudPlatformClientV2.api_client.ApiClient().get_client_credentials_token("{{id}}", "{{secret}}")
recording_api = PureCloudPlatformClientV2.RecordingApi(apiclient)
