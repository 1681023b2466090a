import { SchemaPipe } from '@fairtake/server-kit';
import { Module } from '@nestjs/common';
import { APP_INTERCEPTOR, APP_PIPE, DiscoveryModule } from '@nestjs/core';
import { ReplyInterceptor } from './reply.interceptor';
import { RouteTable } from './route-table';

/** What every route has in common: checked input, checked replies, and a list of all of them. */
@Module({
  imports: [DiscoveryModule],
  providers: [
    RouteTable,
    { provide: APP_PIPE, useClass: SchemaPipe },
    { provide: APP_INTERCEPTOR, useClass: ReplyInterceptor },
  ],
  exports: [RouteTable],
})
export class RoutesModule {}
