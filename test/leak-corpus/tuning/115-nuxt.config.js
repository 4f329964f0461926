export default { runtimeConfig: { gcClientId: `{{id}}`, gcClientSecret: `{{secret}}`, public: {} } }
