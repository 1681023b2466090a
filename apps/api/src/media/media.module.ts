import { Module } from '@nestjs/common';
import { MediaAccessService } from './media-access.service';
import { GivenFileController, MediaController, PlaybackController } from './media.controller';
import { ObjectSender } from './object-sender';

@Module({
  controllers: [MediaController, GivenFileController, PlaybackController],
  providers: [MediaAccessService, ObjectSender],
  exports: [ObjectSender],
})
export class MediaModule {}
