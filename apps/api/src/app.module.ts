import { Module, type DynamicModule } from '@nestjs/common';
import { AccountLinksModule } from './account-links/account-links.module';
import { AdjustmentsModule } from './adjustments/adjustments.module';
import { CandidateModule } from './candidate/candidate.module';
import { FilesModule } from './files/files.module';
import { HandOffModule } from './hand-off/hand-off.module';
import { HealthModule } from './health/health.module';
import { InfrastructureModule, type Infrastructure } from './infrastructure.module';
import { InterviewsModule } from './interviews/interviews.module';
import { MediaModule } from './media/media.module';
import { MembersModule } from './members/members.module';
import { OpenApiModule } from './openapi/openapi.module';
import { OwnDataModule } from './own-data/own-data.module';
import { PositionsModule } from './positions/positions.module';
import { ProbesModule } from './probes/probes.module';
import { ResponsesModule } from './responses/responses.module';
import { ReviewsModule } from './reviews/reviews.module';
import { RoutesModule } from './routes/routes.module';
import { SecurityModule } from './security/security.module';
import { SessionModule } from './session/session.module';
import { TakesModule } from './takes/takes.module';
import { TimeRequestsModule } from './time-requests/time-requests.module';
import { TurnsModule } from './turns/turns.module';

/** One line per feature folder. */
const features = [
  HealthModule,
  OpenApiModule,
  SessionModule,
  AccountLinksModule,
  MembersModule,
  PositionsModule,
  InterviewsModule,
  CandidateModule,
  HandOffModule,
  OwnDataModule,
  TakesModule,
  AdjustmentsModule,
  TimeRequestsModule,
  ProbesModule,
  ResponsesModule,
  FilesModule,
  MediaModule,
  ReviewsModule,
];

@Module({})
export class AppModule {
  static with(infrastructure: Infrastructure): DynamicModule {
    return {
      module: AppModule,
      imports: [
        InfrastructureModule.with(infrastructure),
        RoutesModule,
        SecurityModule,
        TurnsModule,
        ...features,
      ],
    };
  }
}
