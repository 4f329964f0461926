    @Test
    public void activates() {
        Config config = mock(Config.class);
        when(config.authTokenEndpointUrl()).thenReturn("https://login.usw2.pure.cloud/oauth/token");
        when(config.clientId()).thenReturn("{{id}}");
        when(config.clientSecret()).thenReturn("{{secret}}");
        generator.activate(config);
    }
