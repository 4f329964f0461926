@echo off
set GC_CLIENT_ID={{id}}
set GC_CLIENT_SECRET={{secret}}
setx GC_REGION mypurecloud.de
