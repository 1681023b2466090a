import { Injectable } from '@nestjs/common';

/** Holds the document that createApp made once all routes were known. */
@Injectable()
export class OpenApiService {
  text = '';
}
