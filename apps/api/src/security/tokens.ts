import { createHash, randomBytes } from 'node:crypto';

/** 256 random bits as base64url (43 characters): sessions, invitations, account links. */
export const newToken = (): string => randomBytes(32).toString('base64url');

/** What is stored of a token. SHA-256 is enough: there is nothing to guess in 256 random bits. */
export const hashToken = (token: string): Buffer => createHash('sha256').update(token).digest();
