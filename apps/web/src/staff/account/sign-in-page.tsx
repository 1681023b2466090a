import type { SessionView } from '@fairtake/contracts';
import { Button, PasswordInput, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate, useRouter, useSearch } from '@tanstack/react-router';
import { useForm } from 'react-hook-form';
import { requestJson } from '../../api/api-client';
import { LanguageLine } from '../chrome/language-line';
import { StandingPage } from '../chrome/standing-page';
import { homePath, safeReturnPath } from '../session/home-path';
import { sessionKey } from '../session/session-query';
import { ProblemNotice } from '../ui/problem-notice';
import { useText } from '../words/use-text';
import classes from './account-form.module.css';

type Fields = { email: string; password: string };

/** E-mail and password; paste and password managers welcome. Leads back to the page first asked for. */
export function SignInPage() {
  const t = useText();
  const { next } = useSearch({ from: '/sign-in' });
  const navigate = useNavigate();
  const router = useRouter();
  const queryClient = useQueryClient();
  const form = useForm<Fields>();
  const signIn = useMutation({
    mutationFn: (body: Fields) => requestJson<SessionView>('/session', { method: 'POST', body }),
    onSuccess: async (session) => {
      queryClient.clear();
      queryClient.setQueryData(sessionKey, session);
      const back = safeReturnPath(next);
      if (back && back !== '/') router.history.push(back);
      else await navigate({ to: homePath(session.role) });
    },
  });
  const { errors } = form.formState;
  return (
    <StandingPage title={t('signIn.title')} footer={<LanguageLine />}>
      <form
        className={classes.form}
        noValidate
        onSubmit={(event) =>
          void form.handleSubmit((fields) => signIn.mutate({ ...fields, email: fields.email.trim() }))(event)
        }
      >
        <ProblemNotice error={signIn.error} />
        <TextInput
          label={t('field.email')}
          type="email"
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          error={errors.email?.message}
          {...form.register('email', { required: t('field.emailMissing') })}
        />
        <PasswordInput
          label={t('field.password')}
          autoComplete="current-password"
          visibilityToggleButtonProps={{ 'aria-label': t('field.showPassword') }}
          error={errors.password?.message}
          {...form.register('password', { required: t('field.passwordMissing') })}
        />
        <Button type="submit" variant="filled" loading={signIn.isPending} fullWidth>
          {t('signIn.action')}
        </Button>
        <p className={classes.hint}>{t('signIn.forgot')}</p>
      </form>
    </StandingPage>
  );
}
