ApiResponse<AuthResponse> authResponse =
    apiClient.authorizeClientCredentials("{{id}}",
                                         "{{secret}}");
