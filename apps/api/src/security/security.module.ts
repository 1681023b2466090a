import { Global, Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { RequestShapeGuard } from '../routes/request-shape.guard';
import { AccessGuard } from './access.guard';
import { CandidateSessions } from './candidate-sessions';
import { Cookies } from './cookies';
import { FailureLimits, ProcessFailureLimits } from './failure-limits';
import { Passwords } from './passwords';
import { StaffSessions } from './staff-sessions';

/** Who is asking, and may they? The guards run for every route, in this order. */
@Global()
@Module({
  providers: [
    Cookies,
    Passwords,
    StaffSessions,
    CandidateSessions,
    { provide: FailureLimits, useClass: ProcessFailureLimits },
    { provide: APP_GUARD, useClass: AccessGuard },
    { provide: APP_GUARD, useClass: RequestShapeGuard },
  ],
  exports: [Cookies, Passwords, StaffSessions, CandidateSessions, FailureLimits],
})
export class SecurityModule {}
