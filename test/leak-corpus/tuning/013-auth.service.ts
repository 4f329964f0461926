@Injectable()
export class AuthService {
  private readonly clientId: string = '{{id}}';
  private readonly clientSecret: string = '{{secret}}';
  private readonly queue = '{{otherUuid}}';
}
