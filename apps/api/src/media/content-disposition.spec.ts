import { attachment } from './content-disposition';

test.each([
  ['cv.pdf', `attachment; filename="cv.pdf"; filename*=UTF-8''cv.pdf`],
  ['Café (neu).pdf', `attachment; filename="Cafe (neu).pdf"; filename*=UTF-8''Caf%C3%A9%20%28neu%29.pdf`],
  ['简历.pdf', `attachment; filename="__.pdf"; filename*=UTF-8''%E7%AE%80%E5%8E%86.pdf`],
  [
    'a"; filename="b.exe',
    `attachment; filename="a_; filename=_b.exe"; filename*=UTF-8''a%22%3B%20filename%3D%22b.exe`,
  ],
  ['a\r\nSet-Cookie: x=1.txt', expect.not.stringMatching(/[\r\n]/)],
  ["it's 100%.md", `attachment; filename="it's 100_.md"; filename*=UTF-8''it%27s%20100%25.md`],
])('a file called %j is named so that headers cannot be broken', (name, header) => {
  expect(attachment(name)).toEqual(header);
});

test('half a surrogate pair is no reason to fail', () => {
  expect(attachment('\ud83d.txt')).toContain("filename*=UTF-8''%EF%BF%BD.txt");
});
