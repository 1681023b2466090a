import { useText } from '../messages';
import ui from '../parts/ui.module.css';
import css from './welcome.module.css';

/** The landing page's own shape while it loads; nothing moves when the words come. */
export function WelcomeSkeleton() {
  const t = useText();
  return (
    <div role="status" aria-busy="true">
      <span className={ui.vh}>{t('welcome.loading')}</span>
      <div className={css.hero} aria-hidden="true">
        <h1>
          <Bone width="60%" />
        </h1>
        <p className={ui.lead}>
          <Bone width="75%" />
        </p>
      </div>
      <div className={css.facts} aria-hidden="true">
        {[52, 40, 58, 46, 55].map((width) => (
          <div key={width}>
            <Bone width="70%" />
            <div>
              <span className={css.main}>
                <Bone width={`${width}%`} />
              </span>
              <span className={css.sub}>
                <Bone width={`${width + 20}%`} />
              </span>
            </div>
          </div>
        ))}
      </div>
    </div>
  );
}

function Bone({ width }: { width: string }) {
  return <span className={css.bone} style={{ inlineSize: width }} />;
}
