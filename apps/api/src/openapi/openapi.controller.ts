import { Controller, Get, Param, Res } from '@nestjs/common';
import type { Response } from 'express';
import path from 'node:path';
import * as z from 'zod';
import { Access, RepliesBytes } from '../routes/route-declarations';
import { docsPage, docsPolicy, docsStart, swaggerUiFile } from './docs-page';
import { OpenApiService } from './openapi.service';

const DocsParams = z.strictObject({ file: z.enum(['start.js', 'swagger-ui-bundle.js', 'swagger-ui.css']) });

/** The interface's description, for programs and as a page for people. */
@Controller('api')
export class OpenApiController {
  constructor(private readonly openApi: OpenApiService) {}

  @Get('openapi.json')
  @Access('anonymous')
  @RepliesBytes(['application/json'])
  showDocument(@Res() response: Response): void {
    response.type('application/json').send(this.openApi.text);
  }

  @Get('docs')
  @Access('anonymous')
  @RepliesBytes(['text/html'])
  showPage(@Res() response: Response): void {
    response.setHeader('Content-Security-Policy', docsPolicy);
    response.type('html').send(docsPage);
  }

  @Get('docs/:file')
  @Access('anonymous')
  @RepliesBytes(['text/css', 'text/javascript'])
  showFile(
    @Param({ schema: DocsParams }) { file }: z.infer<typeof DocsParams>,
    @Res() response: Response,
  ): void {
    response.type(path.extname(file));
    if (file === 'start.js') response.send(docsStart);
    else response.sendFile(swaggerUiFile(file));
  }
}
