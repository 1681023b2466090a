import { Module } from '@nestjs/common';
import { ChunkArrivals } from './chunk-arrivals';
import { ChunkService } from './chunk.service';
import { PlayablePartsService } from './playable-parts';
import { TakeFinalisingService } from './take-finalising.service';
import { TakeKeepingService } from './take-keeping.service';
import { TakeOpeningService } from './take-opening.service';
import { TakeSalvagingService } from './take-salvaging.service';
import { TakesController } from './takes.controller';

@Module({
  controllers: [TakesController],
  providers: [
    ChunkArrivals,
    ChunkService,
    PlayablePartsService,
    TakeFinalisingService,
    TakeKeepingService,
    TakeOpeningService,
    TakeSalvagingService,
  ],
  exports: [PlayablePartsService],
})
export class TakesModule {}
