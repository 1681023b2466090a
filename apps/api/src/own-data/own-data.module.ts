import { Module } from '@nestjs/common';
import { MediaModule } from '../media/media.module';
import { OwnDataController, OwnMediaController } from './own-data.controller';
import { OwnDataService } from './own-data.service';
import { OwnMediaService } from './own-media.service';

@Module({
  imports: [MediaModule],
  controllers: [OwnDataController, OwnMediaController],
  providers: [OwnDataService, OwnMediaService],
})
export class OwnDataModule {}
