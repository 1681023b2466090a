import { Module } from '@nestjs/common';
import { SessionModule } from '../session/session.module';
import { AccountLinksController } from './account-links.controller';
import { AccountLinksService } from './account-links.service';
import { SetUpService } from './set-up.service';

@Module({
  imports: [SessionModule],
  controllers: [AccountLinksController],
  providers: [AccountLinksService, SetUpService],
})
export class AccountLinksModule {}
