import { FileTypeDetector } from './file-type';
import { fileExtensions, savedFileName, shownFileName } from './file-name';

const bytes = (...parts: (string | number[] | Uint8Array)[]): Uint8Array =>
  Buffer.concat(
    parts.map((part) => (typeof part === 'string' ? Buffer.from(part, 'latin1') : Buffer.from(part))),
  );

/** Reads as uploads arrive: in pieces, here of awkward sizes. */
function typeOf(whole: Uint8Array, pieceBytes = 7): string | null {
  const detector = new FileTypeDetector();
  for (let at = 0; at < whole.length; at += pieceBytes) detector.add(whole.subarray(at, at + pieceBytes));
  return detector.result();
}

const u16 = (value: number): number[] => [value & 255, (value >> 8) & 255];
const u32 = (value: number): number[] => [...u16(value), ...u16(value >>> 16)];

/** An archive of members that are stored as they are. */
function zip(members: Record<string, string>): Uint8Array {
  const [files, table]: [Uint8Array[], Uint8Array[]] = [[], []];
  let offset = 0;
  for (const [name, content] of Object.entries(members)) {
    const sizes = [...u32(content.length), ...u32(content.length), ...u16(name.length), ...u16(0)];
    const file = bytes('PK\x03\x04', [20, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0], sizes, name, content);
    const rest = [...u16(0), ...u16(0), ...u16(0), ...u32(0), ...u32(offset)];
    table.push(bytes('PK\x01\x02', [20, 0, 20, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0], sizes, rest, name));
    files.push(file);
    offset += file.length;
  }
  const directory = bytes(...table);
  const count = u16(table.length);
  return bytes(...files, directory, 'PK\x05\x06', [
    ...u16(0),
    ...u16(0),
    ...count,
    ...count,
    ...u32(directory.length),
    ...u32(offset),
    ...u16(0),
  ]);
}

const png = bytes(
  '\x89PNG\r\n\x1a\n',
  [0, 0, 0, 13],
  'IHDR',
  new Uint8Array(17),
  [0, 0, 0, 0],
  'IEND',
  [1, 2, 3, 4],
);
const jpeg = bytes([0xff, 0xd8, 0xff, 0xe0], 'JFIF', [0xff, 0xd9]);
const webp = bytes('RIFF', u32(8), 'WEBPVP8 ');
const pdf = bytes('%PDF-1.7\n', 'body'.repeat(400), '\n%%EOF\n');
const types = '[Content_Types].xml';
const docx = zip({ [types]: '<x/>', 'word/document.xml': '<x/>' });
const odt = zip({ mimetype: 'application/vnd.oasis.opendocument.text', 'content.xml': '<x/>' });

test.each([
  ['pdf', pdf],
  ['png', png],
  ['jpeg', jpeg],
  ['jpeg', bytes(jpeg, [0, 0, 0])],
  ['webp', webp],
  ['docx', docx],
  ['xlsx', zip({ [types]: '', 'xl/workbook.xml': '' })],
  ['pptx', zip({ [types]: '', 'ppt/presentation.xml': '' })],
  ['odt', odt],
  ['zip', zip({ 'work.txt': 'x' })],
  ['zip', zip({ [types]: '', 'other.xml': '' })],
  ['text', bytes('plain\r\n\ttext')],
  ['text', new TextEncoder().encode('# 标题\n\n内容 👩🏽‍🚀')],
  ['text', bytes('\xef\xbb\xbfwith a byte order mark')],
  // What a page is called changes nothing: it is text, served as text.
  ['text', bytes('<!doctype html><script>alert(1)</script>')],
  ['text', bytes('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>')],
])('%s', (type, whole) => {
  for (const pieceBytes of [1, 7, 4_096, 1024 * 1024]) expect(typeOf(whole, pieceBytes)).toBe(type);
});

test.each([
  ['nothing', bytes()],
  ['a picture with a page behind it', bytes(png, '<script>alert(1)</script>')],
  ['a JPEG with an archive behind it', bytes(jpeg, zip({ 'a.jar': 'x' }))],
  ['a WebP that is longer than it says', bytes(webp, '<script>')],
  ['a PDF with an archive behind it', bytes(pdf, zip({ a: 'x'.repeat(2_000) }))],
  ['an archive with a PDF before it', bytes('%PDF-1.7\n', docx)],
  ['a page before an archive', bytes('<html>', docx)],
  ['a Word file with macros', zip({ [types]: '', 'word/document.xml': '', 'word/vbaProject.bin': 'x' })],
  [
    'an OpenDocument of another kind',
    zip({ mimetype: 'application/vnd.oasis.opendocument.graphics', a: '' }),
  ],
  ['an archive without its table of contents', docx.subarray(0, 60)],
  ['an archive whose table lies elsewhere', bytes(docx.subarray(0, -6), u32(1), u16(0))],
  ['an archive with a comment', bytes(docx.subarray(0, -2), u16(5), 'extra', 'more')],
  ['half a PDF', pdf.subarray(0, 100)],
  ['a PNG without an end', png.subarray(0, 20)],
  ['a Windows program', bytes('MZ', new Uint8Array(64))],
  ['a Linux program', bytes('\x7fELF', new Uint8Array(64))],
  ['a GIF', bytes('GIF89a', new Uint8Array(20))],
  ['a video', bytes([0, 0, 0, 24], 'ftypmp42', new Uint8Array(64))],
  ['NUL in a text', bytes('text\x00text')],
  ['invalid UTF-8', bytes([0x74, 0xff, 0xfe, 0x74])],
  ['half a character at the end', new TextEncoder().encode('字').subarray(0, 2)],
  ['UTF-16', Buffer.from('text', 'utf16le')],
  ['an old Word file', bytes([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1], new Uint8Array(64))],
])('refuses %s', (_name, whole) => {
  for (const pieceBytes of [1, 1024 * 1024]) expect(typeOf(whole, pieceBytes)).toBeNull();
});

test('a bomb stays shut: its table of contents is read, its members are not', () => {
  const bomb = Buffer.from(zip({ 'bomb.txt': '0'.repeat(10_000) }));
  // What would not unpack is not noticed.
  bomb.fill(0xff, 40, 9_000);
  expect(typeOf(bomb, 1024 * 1024)).toBe('zip');
});

describe('names', () => {
  test.each([
    ['cv.pdf', 'cv.pdf'],
    ['C:\\Users\\wren\\cv.pdf', 'cv.pdf'],
    ['../../etc/passwd', 'passwd'],
    ['cv\u202efdp.exe', 'cvfdp.exe'],
    ['a\r\nSet-Cookie: b=c.txt', 'aSet-Cookie_ b=c.txt'],
    ['.htaccess', 'htaccess'],
    ['  ', 'file'],
    ['\u200b', 'file'],
    ['简历（最新）.docx', '简历（最新）.docx'],
    [`${'é'.repeat(300)}.pdf`, `${'é'.repeat(116)}.pdf`],
  ])('%j is shown as %j', (name, shown) => expect(shownFileName(name)).toBe(shown));

  test('are saved so that their end says what the bytes are', () => {
    expect(savedFileName('page.html', 'text')).toBe('page.html.txt');
    expect(savedFileName('notes.MD', 'text')).toBe('notes.MD');
    expect(savedFileName('cv.exe', 'pdf')).toBe('cv.exe.pdf');
    expect(savedFileName('cv', 'docx')).toBe('cv.docx');
    for (const [type, [first]] of Object.entries(fileExtensions))
      expect(savedFileName(`a.${first}`, type as 'pdf')).toBe(`a.${first}`);
  });
});
