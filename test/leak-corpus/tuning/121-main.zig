const creds = .{ .client_id = "{{id}}", .client_secret = "{{secret}}" };
