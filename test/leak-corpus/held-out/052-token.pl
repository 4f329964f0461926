my $client_id     = '{{id}}';
my $client_secret = '{{secret}}';
my $res = $ua->post('https://login.mypurecloud.ie/oauth/token',
    Authorization => 'Basic ' . encode_base64("$client_id:$client_secret", ''),
    Content => { grant_type => 'client_credentials' });
