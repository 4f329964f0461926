static NSString *const kClientId = @"{{id}}";
static NSString *const kClientSecret = @"{{secret}}";
