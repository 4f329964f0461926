public static class OrgSettings
{
    public static readonly Guid GenesysClientId = new Guid("{{ID}}");
    public const string GenesysClientSecret = "{{secret}}";
    public static readonly Guid DivisionId = new Guid("{{otherUuid}}");
}
