import { Button, Menu } from '@mantine/core';
import { useIntl } from 'react-intl';
import { useText } from '../words/use-text';
import { rates } from './rate-memory';
import classes from './rate-menu.module.css';

/** The speed as a button with its choices. */
export function RateMenu({ rate, onRate }: { rate: number; onRate: (rate: number) => void }) {
  const t = useText();
  const intl = useIntl();
  const rateWords = (each: number) => `${intl.formatNumber(each)}×`;
  return (
    <Menu>
      <Menu.Target>
        <Button
          variant="subtle"
          className={classes.rate}
          aria-label={t('player.rate', { rate: rateWords(rate) })}
        >
          {rateWords(rate)}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.RadioGroup value={String(rate)} onChange={(next) => onRate(Number(next))}>
          {rates.map((each) => (
            <Menu.RadioItem key={each} value={String(each)} closeMenuOnClick>
              {rateWords(each)}
            </Menu.RadioItem>
          ))}
        </Menu.RadioGroup>
      </Menu.Dropdown>
    </Menu>
  );
}
