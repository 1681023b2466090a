import { Global, Module } from '@nestjs/common';
import { ChunkPace } from '../takes/chunk-pace';
import { BodyTurns } from './body-turns';
import { WorkTurns } from './work-turns';

/** How much of this process one interview may take up. Shared by everything that takes bytes. */
@Global()
@Module({ providers: [BodyTurns, WorkTurns, ChunkPace], exports: [BodyTurns, WorkTurns, ChunkPace] })
export class TurnsModule {}
