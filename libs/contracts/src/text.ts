import * as z from 'zod';

/** BCP 47 tag as we accept it: `en`, `zh-CN`, `pt-BR`. */
export const LocaleTag = z.string().regex(/^[a-z]{2,3}(-[A-Z][a-z]{3})?(-[A-Z]{2})?$/);
export type LocaleTag = z.infer<typeof LocaleTag>;

/** What PostgreSQL's text and jsonb cannot hold (NUL) or no sender can mean (a lone surrogate) is refused here. */
const storable = (text: string): boolean => !text.includes('\u0000') && text.isWellFormed();

/** One line written by a person. */
export const Line = (max: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(max)
    .refine(storable, 'contains characters that cannot be stored')
    .refine((text) => !/[\r\n]/.test(text), 'must be one line');

/** Several lines written by a person. */
export const Prose = (max: number) =>
  z.string().trim().min(1).max(max).refine(storable, 'contains characters that cannot be stored');

/** The same text in one or more languages, keyed by locale. At least one language is present. */
export const LocalizedText = z
  .record(LocaleTag, Prose(4_000))
  .refine((texts) => Object.keys(texts).length > 0, 'needs at least one language');
export type LocalizedText = z.infer<typeof LocalizedText>;

/** Ids are compared and stored in lower case. */
export const Id = z.uuid().toLowerCase();
export const Instant = z.iso.datetime({ offset: true });
/** A moment somebody plans: within this century, where every calendar, database and clock of ours agrees. */
export const PlannedInstant = Instant.refine(
  (text) => /^20\d\d-/.test(text),
  'must lie between 2000 and 2099',
);
export const EmailAddress = z.email().max(254).toLowerCase();
/** 256 random bits as base64url, the form of every link we send. */
export const LinkToken = z.string().regex(/^[A-Za-z0-9_-]{43}$/);
export type Id = z.infer<typeof Id>;
export type Instant = z.infer<typeof Instant>;
export type EmailAddress = z.infer<typeof EmailAddress>;
export type LinkToken = z.infer<typeof LinkToken>;
