@echo off
set PURECLOUD_ID={{id}}
set PURECLOUD_SECRET={{secret}}
java -jar export.jar --env mypurecloud.com
