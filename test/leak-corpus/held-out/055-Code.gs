function pullQueueStats() {
  var CLIENT_ID = "{{id}}";
  var CLIENT_SECRET = "{{secret}}";
  var res = UrlFetchApp.fetch("https://login.mypurecloud.com/oauth/token", {
    method: "post",
    headers: { Authorization: "Basic " + Utilities.base64Encode(CLIENT_ID + ":" + CLIENT_SECRET) },
    payload: { grant_type: "client_credentials" }
  });
}
