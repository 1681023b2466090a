import { Inject, Injectable } from '@nestjs/common';
import type { CookieOptions, Request, Response } from 'express';
import type { ApiConfig } from '../config';
import { API_CONFIG } from '../infrastructure.module';

const tokenForm = /^[A-Za-z0-9_-]{43}$/;

/**
 * Names and attributes of our cookies. `__Host-` binds a cookie to this host over HTTPS; browsers refuse the prefix on
 * plain http://, so an installation without TLS uses the bare name.
 */
@Injectable()
export class Cookies {
  private readonly secure: boolean;

  constructor(@Inject(API_CONFIG) config: ApiConfig) {
    this.secure = config.http.publicUrl.startsWith('https:');
  }

  readSession = (request: Request): string | null => tokenIn(request, this.sessionName);
  writeSession = (response: Response, token: string, maxAgeMs: number): void =>
    void response.cookie(this.sessionName, token, { ...this.options, maxAge: maxAgeMs });
  clearSession = (response: Response): void => void response.clearCookie(this.sessionName, this.options);

  /** The interview's id in the name lets two invitations live side by side in one browser. */
  readCandidate = (request: Request, interviewId: string): string | null =>
    tokenIn(request, this.candidateName(interviewId));
  writeCandidate = (response: Response, interviewId: string, token: string, maxAgeMs: number): void =>
    void response.cookie(this.candidateName(interviewId), token, { ...this.options, maxAge: maxAgeMs });

  get sessionName(): string {
    return this.secure ? '__Host-fairtake' : 'fairtake';
  }

  candidateName(interviewId: string): string {
    return `${this.sessionName}-i-${interviewId.toLowerCase()}`;
  }

  private get options(): CookieOptions {
    return { httpOnly: true, secure: this.secure, sameSite: 'lax', path: '/' };
  }
}

const tokenIn = (request: Request, name: string): string | null => {
  const value = (request.cookies as Record<string, unknown> | undefined)?.[name];
  return typeof value === 'string' && tokenForm.test(value) ? value : null;
};
