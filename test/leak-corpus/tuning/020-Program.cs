using PureCloudPlatform.Client.V2.Client;
using PureCloudPlatform.Client.V2.Extensions;

Configuration.Default.ApiClient.setBasePath(PureCloudRegionHosts.us_east_1);
var accessTokenInfo = Configuration.Default.ApiClient.PostToken("{{id}}", "{{secret}}");
Console.WriteLine("Access token=" + accessTokenInfo.AccessToken);
