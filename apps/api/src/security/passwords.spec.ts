import { AppError } from '@fairtake/server-kit';
import { Passwords } from './passwords';

const passwords = new Passwords();

test.each(['password1234', 'PASSWORD1234', 'aaaaaaaaaaaa', 'abababababab', '123123123123', 'Administrator'])(
  '%s is refused',
  (password) => {
    expect(() => passwords.assertUncommon(password)).toThrow(AppError);
  },
);

test.each(['quiet green bicycle', 'correct horse battery', '密码是一个很长的句子啊啊哈'])(
  '%s is accepted',
  (password) => {
    expect(() => passwords.assertUncommon(password)).not.toThrow();
  },
);
