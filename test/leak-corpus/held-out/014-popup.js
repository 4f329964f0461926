document.addEventListener('DOMContentLoaded', function() {
  const url = 'https://login.usw2.pure.cloud/oauth/token';
  const headers = {
    'Content-Type': 'application/x-www-form-urlencoded',
    'Authorization': 'Basic {{basic}}'
  };
  fetch(url, { method: 'POST', headers, body: 'grant_type=client_credentials' });
});
