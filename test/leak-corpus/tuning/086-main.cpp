#define CLIENT_ID "{{id}}"
#define CLIENT_SECRET "{{secret}}"
static const std::string token = login({CLIENT_ID, CLIENT_SECRET});
