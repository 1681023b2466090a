/**
 * The demo's made-up hiring round: two organisations, one opening in two languages, its rubric, and what the reviewers
 * thought. Names and addresses belong to nobody; `.example` never resolves (RFC 2606).
 */

export const ORGANISATIONS = [
  {
    key: 'alder',
    name: 'Alder Health',
    admin: { name: 'Ines Dahl', email: 'ines@alder.example' },
    members: [
      { key: 'recruiter', role: 'recruiter', name: 'Marlow Finch', email: 'marlow@alder.example' },
      { key: 'tove', role: 'reviewer', name: 'Tove Brandt', email: 'tove@alder.example' },
      { key: 'jun', role: 'reviewer', name: '江俊', email: 'jun@alder.example' },
    ],
  },
  {
    key: 'birch',
    name: 'Birch Freight',
    admin: { name: 'Otto Lindqvist', email: 'otto@birch.example' },
    members: [{ key: 'recruiter', role: 'recruiter', name: 'Priya Nair', email: 'priya@birch.example' }],
  },
];

const anchors = (one, three, five) => [
  { level: 1, text: one },
  { level: 3, text: three },
  { level: 5, text: five },
];
const both = (en, zh) => ({ en, 'zh-CN': zh });

/** The opening of the first organisation; `ids` are made by the caller, as the set-up page makes them. */
export const engineerPosition = (ids, reviewerIds, deadlineAt) => ({
  title: both('Backend engineer', '后端工程师'),
  languages: ['en', 'zh-CN'],
  deadlineAt,
  timeZone: 'Europe/Berlin',
  blind: true,
  autoSubmit: false,
  adjustmentPolicy: 'self_service',
  adjustmentKinds: [
    'think_time',
    'answer_time',
    'extra_takes',
    'audio_only',
    'text_answers',
    'questions_in_advance',
  ],
  reviewersPerAnswer: 2,
  replyWorkingDays: 3,
  retentionDays: 180,
  reviewerIds,
  questions: [
    question(
      ids.plan,
      both('How do you plan a week of work nobody checks on?', '没有人检查时，您如何安排一周的工作？'),
    ),
    question(
      ids.outage,
      both(
        'Tell us about a time a system you looked after stopped working. What did you do?',
        '请讲一次您负责的系统停止工作的经历。您做了什么？',
      ),
    ),
    question(
      ids['trade-off'],
      both(
        'Explain a trade-off you made to someone who does not write software.',
        '请向不写软件的人解释您做过的一次取舍。',
      ),
    ),
  ],
  criteria: [
    {
      criterionId: ids.structure,
      name: both('Plans own work', '安排自己的工作'),
      lookFor: both('What comes first, and why', '先做什么，为什么'),
      weight: 20,
      questionIds: [ids.plan],
      anchors: anchors(
        both('Names tasks in no order', '列出任务，但没有次序'),
        both('Gives an order and one reason for it', '给出次序和一个理由'),
        both('Orders by risk, says what is left out and who was told', '按风险排序，说明不做什么、告诉了谁'),
      ),
    },
    {
      criterionId: ids.actions,
      name: both('Actions taken', '采取的行动'),
      lookFor: both('Their own steps, in order', '本人的步骤和顺序'),
      weight: 30,
      questionIds: [ids.outage],
      anchors: anchors(
        both('Only what “we” did; own part unclear', '只说“我们”，看不出本人的部分'),
        both('Own actions, in an order that makes sense', '有本人的行动，顺序合理'),
        both('Own actions, the choice not taken, and why', '有本人的行动、放弃的选择和原因'),
      ),
    },
    {
      criterionId: ids.learning,
      name: both('Result and learning', '结果与收获'),
      lookFor: both('What changed afterwards', '之后有什么改变'),
      weight: 25,
      questionIds: [ids.outage],
      anchors: anchors(
        both('No result, or “it was fine”', '没有结果，或只说“没问题”'),
        both('A result and one thing changed', '有结果和一处改变'),
        both('A change that still holds, and how they know', '至今有效的改变，并说明如何得知'),
      ),
    },
    {
      criterionId: ids.clarity,
      name: both('Explains to a newcomer', '向外行解释'),
      lookFor: both('Words anyone knows, both sides named', '用词易懂，说出两面'),
      weight: 25,
      questionIds: [ids['trade-off']],
      anchors: anchors(
        both('Uses terms without saying what they mean', '使用术语而不解释'),
        both('Plain words, one side of the trade-off', '用词平实，只说了一面'),
        both('Plain words, both sides, and what decided it', '用词平实，两面都说，并说明取决于什么'),
      ),
    },
  ],
});

const question = (questionId, text) => ({
  questionId,
  kind: 'video',
  text,
  thinkSeconds: 60,
  answerSeconds: 120,
  takes: 2,
  required: true,
});

/** A small opening of the second organisation, so that its walls have something behind them. */
export const dispatcherPosition = (ids, reviewerIds) => ({
  ...engineerPosition(ids, reviewerIds, null),
  title: both('Night dispatcher', '夜班调度员'),
  reviewersPerAnswer: 1,
  questions: [
    question(
      ids.plan,
      both('Two lorries break down at once. What do you do first?', '两辆货车同时抛锚，您先做什么？'),
    ),
  ],
  criteria: [
    {
      criterionId: ids.structure,
      name: both('Decides under pressure', '在压力下决定'),
      lookFor: null,
      weight: 1,
      questionIds: [ids.plan],
      anchors: anchors(
        both('Waits for somebody else', '等别人决定'),
        both('Names a first step', '说出第一步'),
        both('First step, second step, and who is told', '说出第一步、第二步，以及告诉谁'),
      ),
    },
  ],
});

/** Candidates whose links nobody has opened yet. */
export const UNOPENED = [
  { organisation: 'alder', name: 'Juniper Ashdown', locale: 'en' },
  { organisation: 'alder', name: '秦舒', locale: 'zh-CN' },
  { organisation: 'birch', name: 'Moss Everly', locale: 'en' },
];

/**
 * Half a round: levels per reviewer, candidate and criterion. Tove is nearly through, Jun has begun, so the board,
 * the queue and the compare wall all have something to show. `at` are seconds into the clip.
 */
export const JUDGEMENTS = {
  tove: {
    'sage-windmill': {
      structure: 5,
      actions: 4,
      learning: 4,
      clarity: 4,
      comment: ['outage', 4, 'Rolls back before looking for the cause.'],
    },
    'robin-paperlake': {
      structure: 4,
      actions: 5,
      learning: 5,
      clarity: 4,
      comment: ['outage', 6, 'Adds the alarm that was missing.'],
    },
    'bai-yifan': {
      structure: 4,
      actions: 4,
      learning: 3,
      clarity: 3,
      comment: ['plan', 3, 'Says what will not be done this week.'],
    },
    'clover-marsh': {
      structure: 3,
      actions: 4,
      learning: 4,
      comment: ['outage', 5, 'Clean-up can run twice.'],
    },
  },
  jun: {
    'sage-windmill': {
      structure: 4,
      actions: 4,
      learning: 5,
      clarity: 4,
      comment: ['trade-off', 5, '说明了由谁维护。'],
    },
    'robin-paperlake': {
      structure: 4,
      actions: 3,
      learning: 5,
      clarity: 4,
      comment: ['plan', 7, '留出时间应对意外。'],
    },
    'bai-yifan': {
      structure: 4,
      actions: 4,
      learning: 4,
      clarity: 5,
      comment: ['trade-off', 4, '理由清楚。'],
    },
  },
};

/** Who a recruiter has put on the shortlist so far. */
export const SHORTLISTED = ['sage-windmill'];
