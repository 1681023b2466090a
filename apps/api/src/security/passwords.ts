import { AppError } from '@fairtake/server-kit';
import { Injectable } from '@nestjs/common';
import { hash, verify } from '@node-rs/argon2';
import { newToken } from './tokens';
import { WorkGate } from './work-gate';

/** OWASP Password Storage Cheat Sheet, argon2id: 19 MiB, two passes, one lane (about 44 ms here). */
const argon2id = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** Hashing takes memory and a thread of the pool that files and DNS use too: a crowd must not take them all. */
const hashingAtOnce = { running: 2, waiting: 100 };

/** Passwords of twelve characters and more that lead every published list; compared in lower case. */
const commonPasswords = new Set([
  ...['123456789012', '1234567890123', '12345678901234', '123456789012345', '1234567890123456'],
  ...['012345678901', '0123456789ab', '1q2w3e4r5t6y', '1qaz2wsx3edc', '1qaz2wsx3edc4rfv', 'q1w2e3r4t5y6'],
  ...['qwertyuiop[]', 'qwertyuiop12', 'qwertyuiop123', 'qwertyuiopasdf', 'qwerty123456', 'qwerty1234567'],
  ...['qwerty12345678', 'asdfghjkl123', 'zxcvbnm12345', 'abcdefghijkl', 'abcdefghijklm', 'abcdef123456'],
  ...['abc123456789', 'abcd12345678', 'password1234', 'password12345', 'password123456', 'passwordpassword'],
  ...['password123!', 'password1234!', 'passw0rd1234', 'p@ssw0rd1234', 'p@ssword1234', 'mypassword123'],
  ...['iloveyou1234', 'iloveyou12345', 'ihateyou1234', 'letmein12345', 'letmein123456', 'welcome12345'],
  ...['welcome123456', 'administrator', 'administrator1', 'adminadmin12', 'adminadminadmin', 'admin1234567'],
  ...['admin12345678', 'changeme1234', 'changemeplease', 'changeit1234', 'football1234', 'baseball1234'],
  ...['liverpool123', 'manchesterunited', 'chelseafootball', 'princess1234', 'sunshine1234', 'superman1234'],
  ...['monkey123456', 'dragon123456', 'master123456', 'samsung12345', 'computer1234', 'internet1234'],
  ...['test12345678', 'testtesttest', 'temp12345678', 'secret123456', 'correcthorsebatterystaple'],
  ...['fairtakefairtake', 'fairtake1234', 'fairtake12345', 'fairtakeadmin', 'interview1234', 'recruiter1234'],
]);

@Injectable()
export class Passwords {
  /** Verified when there is no account, so that both answers take the same time. */
  private readonly nobodysHash = hash(newToken(), argon2id);
  private readonly gate = new WorkGate(hashingAtOnce);

  hash(password: string): Promise<string> {
    return this.gate.run(() => hash(password, argon2id));
  }

  /** False for a wrong password and for a missing hash, after the same work. */
  async verify(passwordHash: string | null, password: string): Promise<boolean> {
    const known = passwordHash ?? (await this.nobodysHash);
    const matches = await this.gate.run(() => verify(known, password));
    return matches && passwordHash !== null;
  }

  /** @throws AppError body_invalid for a password that anybody would try first */
  assertUncommon(password: string): void {
    const lower = password.toLowerCase();
    const characters = new Set(lower).size;
    if (!commonPasswords.has(lower) && characters > 3) return;
    throw new AppError('body_invalid', {
      errors: [{ pointer: '/password', detail: 'is one of the passwords that are tried first' }],
    });
  }
}
