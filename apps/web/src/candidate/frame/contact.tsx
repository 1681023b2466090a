import { useText } from '../messages';

/** How to reach people: their address, or the message the link came in. */
export function Contact({ email }: { email: string | null }) {
  const t = useText();
  if (email === null) return <>{t('contact.reply')}</>;
  return (
    <>
      {t.rich('contact.write', {
        email: (
          <a key="email" href={`mailto:${email}`}>
            {email}
          </a>
        ),
      })}
    </>
  );
}
