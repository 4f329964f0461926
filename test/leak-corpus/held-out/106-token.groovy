def clientId = '{{id}}'
def clientSecret = '{{secret}}'
def auth = "${clientId}:${clientSecret}".bytes.encodeBase64().toString()
def conn = new URL('https://login.mypurecloud.com/oauth/token').openConnection()
conn.setRequestProperty('Authorization', "Basic ${auth}")
