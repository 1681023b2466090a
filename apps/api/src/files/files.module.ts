import { Module } from '@nestjs/common';
import { FileFinishingService } from './file-finishing.service';
import { FilesController } from './files.controller';
import { FilesService } from './files.service';

@Module({ controllers: [FilesController], providers: [FilesService, FileFinishingService] })
export class FilesModule {}
