import { Module, type DynamicModule } from '@nestjs/common';
import { AccountLinksModule } from './account-links/account-links.module';
import { HealthModule } from './health/health.module';
import { InfrastructureModule, type Infrastructure } from './infrastructure.module';
import { MembersModule } from './members/members.module';
import { OpenApiModule } from './openapi/openapi.module';
import { RoutesModule } from './routes/routes.module';
import { SecurityModule } from './security/security.module';
import { SessionModule } from './session/session.module';

/** One line per feature folder. */
const features = [HealthModule, OpenApiModule, SessionModule, AccountLinksModule, MembersModule];

@Module({})
export class AppModule {
  static with(infrastructure: Infrastructure): DynamicModule {
    return {
      module: AppModule,
      imports: [InfrastructureModule.with(infrastructure), RoutesModule, SecurityModule, ...features],
    };
  }
}
