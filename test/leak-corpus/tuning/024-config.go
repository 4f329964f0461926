package config

const (
	clientID     string = "{{id}}"
	clientSecret string = "{{secret}}"
)
