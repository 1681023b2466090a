import { Failpoints } from '@fairtake/server-kit';
import { Module } from '@nestjs/common';
import { API_CONFIG } from '../infrastructure.module';
import type { ApiConfig } from '../config';
import { ChunkService } from './chunk.service';
import { TakeFinalisingService } from './take-finalising.service';
import { TakeKeepingService } from './take-keeping.service';
import { TakeOpeningService } from './take-opening.service';
import { TakesController } from './takes.controller';

@Module({
  controllers: [TakesController],
  providers: [
    ChunkService,
    TakeFinalisingService,
    TakeKeepingService,
    TakeOpeningService,
    {
      provide: Failpoints,
      inject: [API_CONFIG],
      useFactory: (config: ApiConfig) => new Failpoints(config.fault.at),
    },
  ],
})
export class TakesModule {}
