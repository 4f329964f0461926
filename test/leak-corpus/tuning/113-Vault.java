Map<String, String> m = new HashMap<>();
m.put("client.id", "{{id}}");
m.put("client.secret",
      "{{secret}}");
