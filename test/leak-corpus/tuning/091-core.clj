(def credentials {:client-id "{{id}}" :client-secret "{{secret}}"})
