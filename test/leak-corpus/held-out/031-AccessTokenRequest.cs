namespace Wfm.Download
{
    public class AccessTokenRequest
    {
        public string Grant_Type { get; set; } = "client_credentials";
        public string client_id { get; set; } = "{{id}}";
        public string client_secret { get; set; } = "{{secret}}";
    }
}
