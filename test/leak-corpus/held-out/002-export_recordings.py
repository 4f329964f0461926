import PureCloudPlatformClientV2
from PureCloudPlatformClientV2.rest import ApiException

region = PureCloudPlatformClientV2.PureCloudRegionHosts.eu_west_1
PureCloudPlatformClientV2.configuration.host = region.get_api_host()

api_client = PureCloudPlatformClientV2.api_client.ApiClient().get_client_credentials_token('{{id}}','{{secret}}')
recordings = PureCloudPlatformClientV2.RecordingApi(api_client)

queue_id = '{{otherUuid}}'  # Support EMEA
