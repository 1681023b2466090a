import type { SessionView } from '@fairtake/contracts';
import { Menu, useMantineColorScheme, type MantineColorScheme } from '@mantine/core';
import { IconLogout } from '@tabler/icons-react';
import { localeNames, supportedLocales, type SupportedLocale } from '../../intl/locale';
import { useLocale } from '../../intl/locale-provider';
import { useSignOut } from '../session/use-sign-out';
import { useSwitchOrganisation } from '../session/use-switch-organisation';
import card from '../ui/card.module.css';
import { useText, type MessageId } from '../words/use-text';
import { initials } from './initials';
import classes from './rail.module.css';
import menu from './account-menu.module.css';

const themes: { scheme: MantineColorScheme; words: MessageId }[] = [
  { scheme: 'auto', words: 'theme.auto' },
  { scheme: 'light', words: 'theme.light' },
  { scheme: 'dark', words: 'theme.dark' },
];

/** Who is signed in, organisation, language, theme, sign-out. */
export function AccountMenu({ session }: { session: SessionView }) {
  const t = useText();
  const { locale, setLocale } = useLocale();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const signOut = useSignOut();
  const switchOrganisation = useSwitchOrganisation();
  return (
    <Menu position="right-end" width={248} closeOnItemClick={false}>
      <Menu.Target>
        <button type="button" className={`${classes.item} ${classes.me}`}>
          <span className={classes.face}>{initials(session.name)}</span>
          <span className={classes.meWords}>{t('rail.me')}</span>
          {/* Added to what is seen, not in its place: who says “press TB” to their computer must be understood. */}
          <span className={card.hidden}>{t('account.menu', { name: session.name })}</span>
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <div className={menu.who}>
          <b>{session.name}</b>
          <span>{session.email}</span>
          <span>{t(`role.${session.role}`)}</span>
        </div>
        <Menu.Divider />
        {session.memberships.length > 1 && (
          <>
            <Menu.Label>{t('account.organisation')}</Menu.Label>
            <Menu.RadioGroup
              value={session.organisationId}
              onChange={(organisationId) => {
                if (organisationId !== session.organisationId) switchOrganisation.mutate(organisationId);
              }}
            >
              {session.memberships.map(({ organisationId, organisation }) => (
                <Menu.RadioItem key={organisationId} value={organisationId}>
                  {organisation}
                </Menu.RadioItem>
              ))}
            </Menu.RadioGroup>
            <Menu.Divider />
          </>
        )}
        <Menu.Label>{t('account.language')}</Menu.Label>
        <Menu.RadioGroup value={locale} onChange={(tag) => setLocale(tag as SupportedLocale)}>
          {supportedLocales.map((tag) => (
            <Menu.RadioItem key={tag} value={tag} lang={tag}>
              {localeNames[tag]}
            </Menu.RadioItem>
          ))}
        </Menu.RadioGroup>
        <Menu.Divider />
        <Menu.Label>{t('account.theme')}</Menu.Label>
        <Menu.RadioGroup
          value={colorScheme}
          onChange={(scheme) => setColorScheme(scheme as MantineColorScheme)}
        >
          {themes.map(({ scheme, words }) => (
            <Menu.RadioItem key={scheme} value={scheme}>
              {t(words)}
            </Menu.RadioItem>
          ))}
        </Menu.RadioGroup>
        <Menu.Divider />
        <Menu.Item
          leftSection={<IconLogout size={16} stroke={1.5} aria-hidden />}
          onClick={() => signOut.mutate()}
        >
          {t('account.signOut')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
