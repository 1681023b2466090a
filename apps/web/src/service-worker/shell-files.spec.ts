import { shellFiles } from './shell-files';

it('finds everything a page can ask for, and nothing of other pages', () => {
  const files = [
    { fileName: 'candidate.html', text: '<script src="/assets/candidate-1.js"></script>' },
    { fileName: 'index.html', text: '<script src="/assets/staff-1.js"></script>' },
    {
      fileName: 'assets/candidate-1.js',
      text: 'import"./shared-1.js";import("./question-1.js");["assets/question-1.css"]',
    },
    { fileName: 'assets/question-1.js', text: 'new Worker(new URL("/assets/capture.worker-1.js"))' },
    { fileName: 'assets/capture.worker-1.js', text: '' },
    { fileName: 'assets/question-1.css', text: 'url(/assets/wave-1.svg)' },
    { fileName: 'assets/wave-1.svg', text: '' },
    { fileName: 'assets/shared-1.js', text: '' },
    { fileName: 'assets/staff-1.js', text: 'import"./shared-1.js";import("./board-1.js")' },
    { fileName: 'assets/board-1.js', text: '' },
  ];
  expect(shellFiles(files, 'candidate.html')).toEqual([
    'assets/candidate-1.js',
    'assets/capture.worker-1.js',
    'assets/question-1.css',
    'assets/question-1.js',
    'assets/shared-1.js',
    'assets/wave-1.svg',
    'candidate.html',
  ]);
});
