def client_id
  "{{id}}"
end

def client_secret
  "{{secret}}"
end
