namespace Acme.Wfm
{
    internal static class Settings
    {
        // Genesys Cloud, org {{otherUuid}}
        public const string Secret = "{{secret}}";
        public const string Id = "{{id}}";
    }
}
