import { limits, type AccountLinkView, type SessionView } from '@fairtake/contracts';
import { Button, PasswordInput, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useForm } from 'react-hook-form';
import { requestJson } from '../../api/api-client';
import { LanguageLine } from '../chrome/language-line';
import { StandingPage } from '../chrome/standing-page';
import { homePath } from '../session/home-path';
import { sessionKey } from '../session/session-query';
import { LinkText } from '../ui/link-text';
import { Loading } from '../ui/loading';
import { ProblemNotice } from '../ui/problem-notice';
import { useText } from '../words/use-text';
import classes from './account-form.module.css';

/** An account link: first organisation, invitation or new password. The token never leaves the fragment but in a body. */
export function WelcomePage() {
  const t = useText();
  const [token] = useState(() => location.hash.slice(1));
  const link = useQuery({
    queryKey: ['account-link', token],
    queryFn: () => requestJson<AccountLinkView>('/account-links/open', { method: 'POST', body: { token } }),
    enabled: token !== '',
    retry: false,
    staleTime: Infinity,
  });
  if (!link.data)
    return (
      <StandingPage title={t('welcome.title')} footer={<LanguageLine />}>
        {token === '' ? <p className={classes.lead}>{t('welcome.noLink')}</p> : null}
        {link.isLoading && <Loading />}
        <ProblemNotice error={link.error} />
        <p className={classes.hint} style={{ marginTop: 16 }}>
          <LinkText>
            <Link to="/sign-in">{t('welcome.toSignIn')}</Link>
          </LinkText>
        </p>
      </StandingPage>
    );
  return <AccountLinkForm token={token} link={link.data} />;
}

type Fields = { organisation: string; name: string; email: string; password: string };

function AccountLinkForm({ token, link }: { token: string; link: AccountLinkView }) {
  const t = useText();
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const form = useForm<Fields>();
  const setUp = link.purpose === 'set_up';
  const named = link.purpose !== 'password_reset';
  const accept = useMutation({
    mutationFn: ({ organisation, name, email, password }: Fields) =>
      requestJson<SessionView>(setUp ? '/account-links/set-up' : '/account-links/accept', {
        method: 'POST',
        body: setUp
          ? { token, organisation, name, email: email.trim(), password }
          : { token, ...(named ? { name } : {}), password },
      }),
    onSuccess: async (session) => {
      queryClient.clear();
      queryClient.setQueryData(sessionKey, session);
      // Replaced, so that the token does not stay in the history.
      await navigate({ to: homePath(session.role), replace: true });
    },
  });
  const { errors } = form.formState;
  const line = (missing: string) => ({
    validate: (value: string | undefined) => (value?.trim() ? true : missing),
  });
  const organisation = link.organisation ?? '';
  return (
    <StandingPage title={t(`welcome.${link.purpose}.title`, { organisation })} footer={<LanguageLine />}>
      <p className={classes.lead}>
        {t(`welcome.${link.purpose}.lead`, { organisation, email: link.email ?? '' })}
      </p>
      <form
        className={classes.form}
        noValidate
        onSubmit={(event) => void form.handleSubmit((fields) => accept.mutate(fields))(event)}
      >
        <ProblemNotice error={accept.error} />
        {setUp && (
          <TextInput
            label={t('field.organisation')}
            autoComplete="organization"
            maxLength={120}
            error={errors.organisation?.message}
            {...form.register('organisation', line(t('field.organisationMissing')))}
          />
        )}
        {named && (
          <TextInput
            label={t('field.yourName')}
            description={t('field.yourNameHint')}
            autoComplete="name"
            maxLength={120}
            error={errors.name?.message}
            {...form.register('name', line(t('field.nameMissing')))}
          />
        )}
        {setUp && (
          <TextInput
            label={t('field.email')}
            type="email"
            autoComplete="username"
            error={errors.email?.message}
            {...form.register('email', {
              validate: (value) => /^\S+@\S+\.\S+$/.test(value.trim()) || t('field.emailWrong'),
            })}
          />
        )}
        {!setUp && <input type="hidden" autoComplete="username" value={link.email ?? ''} readOnly />}
        <PasswordInput
          label={t('field.newPassword')}
          description={t('field.passwordRule', { min: limits.passwordMinLength })}
          autoComplete="new-password"
          maxLength={limits.passwordMaxLength}
          visibilityToggleButtonProps={{ 'aria-label': t('field.showPassword') }}
          error={errors.password?.message}
          {...form.register('password', {
            validate: (value) =>
              (value?.length ?? 0) >= limits.passwordMinLength ||
              t('field.passwordShort', { min: limits.passwordMinLength }),
          })}
        />
        <Button type="submit" variant="filled" loading={accept.isPending} fullWidth>
          {t(`welcome.${link.purpose}.action`)}
        </Button>
      </form>
    </StandingPage>
  );
}
