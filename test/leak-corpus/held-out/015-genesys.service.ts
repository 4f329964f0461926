import { Injectable } from '@nestjs/common';

@Injectable()
export class GenesysService {
  private readonly clientId: string = process.env.GC_CLIENT_ID ?? '{{id}}';
  private readonly clientSecret: string = process.env.GC_CLIENT_SECRET ?? '{{secret}}';
  private readonly region = 'mypurecloud.de';
}
