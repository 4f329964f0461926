using PureCloudPlatform.Client.V2.Client;
using PureCloudPlatform.Client.V2.Extensions;

class Program
{
    static void Main(string[] args)
    {
        Configuration.Default.ApiClient.setBasePath(PureCloudRegionHosts.eu_central_1);
        var accessTokenInfo = Configuration.Default.ApiClient.PostToken("{{id}}", "{{secret}}");
        Console.WriteLine("Access token=" + accessTokenInfo.AccessToken);
    }
}
