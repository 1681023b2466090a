import { Module } from '@nestjs/common';
import { DevicesService } from './devices.service';
import { DevicesController, HandOffSessionController } from './hand-off.controller';
import { HandOffService } from './hand-off.service';

@Module({
  controllers: [HandOffSessionController, DevicesController],
  providers: [HandOffService, DevicesService],
})
export class HandOffModule {}
