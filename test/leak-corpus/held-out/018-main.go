package main

import (
	"fmt"

	"github.com/mypurecloud/platform-client-sdk-go/v130/platformclientv2"
)

func main() {
	config := platformclientv2.GetDefaultConfiguration()
	config.BasePath = "https://api.mypurecloud.com.au"
	if err := config.AuthorizeClientCredentials("{{id}}", "{{secret}}"); err != nil {
		panic(err)
	}
	fmt.Println("authorised")
}
