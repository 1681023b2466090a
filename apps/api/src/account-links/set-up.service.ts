import { Database } from '@fairtake/database';
import { Inject, Injectable } from '@nestjs/common';
import type { ApiConfig } from '../config';
import { API_CONFIG, Clock } from '../infrastructure.module';
import { hashToken, newToken } from '../security/tokens';

const setUpLinkMs = 24 * 60 * 60 * 1000;

/** Lets the operator in who reads the process's output, while the installation has no organisation. */
@Injectable()
export class SetUpService {
  constructor(
    @Inject(API_CONFIG) private readonly config: ApiConfig,
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /**
   * Prints one link to standard output when the installation is empty; older links end. It is no log line, but stands
   * where log lines go: whoever collects them can read it, and it makes its reader an admin. That is why it works once
   * and for a day only.
   */
  async offerSetUpLink(
    print: (text: string) => void = (text) => void process.stdout.write(text),
  ): Promise<void> {
    if (!(await this.database.ops.installation.isEmpty())) return;
    const token = newToken();
    const expiresAt = new Date(this.clock.now().getTime() + setUpLinkMs);
    await this.database.ops.accountLinks.createSetUp({ tokenHash: hashToken(token), expiresAt });
    print(
      `\nThis installation is empty. Create its first organisation and admin with this link (24 hours):\n\n  ${this.config.http.publicUrl}/welcome#${token}\n\n`,
    );
  }
}
