func TestLogin(t *testing.T) {
	os.Setenv("GENESYSCLOUD_OAUTHCLIENT_ID", "{{id}}")
	os.Setenv("GENESYSCLOUD_OAUTHCLIENT_SECRET", "{{secret}}")
	os.Setenv("GENESYSCLOUD_REGION", "eu-west-1")
	defer os.Clearenv()
	if _, err := NewClient(); err != nil {
		t.Fatal(err)
	}
}
