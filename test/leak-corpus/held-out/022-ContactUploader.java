	// use to get the token
	private static final String PASSWORD = "{{secret}}";
	private static final String USER_NAME = "{{id}}";
	private static final String HTTPS_TOKEN = "https://login.mypurecloud.ie/oauth/token";
	// use to check for files
	private static final String CSV_PATH = "D:/Converters/CSV Files";
