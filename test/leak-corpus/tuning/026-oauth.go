conf := &clientcredentials.Config{
	ClientID:     "{{id}}",
	ClientSecret: "{{secret}}",
	TokenURL:     "https://login.usw2.pure.cloud/oauth/token",
}
