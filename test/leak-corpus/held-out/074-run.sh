docker run -d --name relay -e CLIENT_ID={{id}} -e CLIENT_SECRET={{secret}} -e ENVIRONMENT=mypurecloud.de ghcr.io/example/notification-relay:latest
