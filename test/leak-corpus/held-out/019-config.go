package genesys

const (
	clientID     = "{{id}}"
	clientSecret = "{{secret}}"
	tokenURL     = "https://login.cac1.pure.cloud/oauth/token"
)
