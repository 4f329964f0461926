var (
	id     = flag.String("client-id", "{{id}}", "OAuth client")
	secret = flag.String("client-secret", "{{secret}}", "its secret")
)
