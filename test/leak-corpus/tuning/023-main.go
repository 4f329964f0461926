package main

import "github.com/mypurecloud/platform-client-sdk-go/v150/platformclientv2"

func main() {
	config := platformclientv2.GetDefaultConfiguration()
	err := config.AuthorizeClientCredentials("{{id}}", "{{secret}}")
	if err != nil {
		panic(err)
	}
}
