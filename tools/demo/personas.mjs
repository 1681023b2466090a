/**
 * The made-up candidates of the demo: how each looks, sounds, and what each says. Nobody real: featureless
 * figures, machine voices, invented names (the ones of the drawings).
 */

const PALETTES = {
  mist: palette('#BFC8D1 #7E8A97 #A3AFBB #EAF1F6 #8FA38F', '#36404B #272F38 #77818C #59636E #222930'),
  sand: palette('#D9D2C6 #A69C8E #BFB5A6 #F6F1E6 #93A383', '#4A453F #35312D #8B8073 #6B6259 #2E2A27'),
  heather: palette('#CBC3CC #8E8593 #B3AAB6 #F3EEF4 #93A08C', '#46404B #332E37 #847B88 #665E6B #2D2831'),
  sage: palette('#C6D0C4 #87968A #A7B5A8 #EEF4EC #7C9B78', '#3A4A44 #29352F #7F8A80 #5F6B63 #26302B'),
  clay: palette('#DCC9BC #A98F80 #C3AC9D #F8EEE6 #94A084', '#5A4038 #422E28 #93796B #705A4F #33241F'),
  harbour: palette('#B9CACF #758D95 #97AEB5 #E6F2F5 #7F9F96', '#2F4654 #22333E #71868D #53676E #1D2930'),
  dusk: palette('#C2C3D6 #80829C #A2A4BC #EEEEF8 #8B9C94', '#3C3E58 #2B2D41 #7C7D92 #5D5E73 #24253A'),
  oat: palette('#D6D3C9 #9B978A #B7B3A5 #F5F3EA #8FA182', '#5E6373 #32343F #A39A8F #6A6261 #4A4547'),
};

/** Question keys of the demo position, in order. */
export const QUESTIONS = ['plan', 'outage', 'trade-off'];

/**
 * `voice` is an espeak-ng variant; `recorder` is what the browser of this candidate records:
 * `mp4-opus` (Chromium), `mp4-aac` (Safari) or `webm` (Firefox). An answer missing here was not recorded.
 */
export const PERSONAS = [
  {
    key: 'sage-windmill',
    name: 'Sage Windmill',
    language: 'en',
    voice: { variant: 'f2', pitch: 52, wordsPerMinute: 168 },
    recorder: 'mp4-opus',
    look: { palette: 'mist', room: 'shelves', hairStyle: 'long' },
    answers: {
      plan: 'On Monday I list what must be true by Friday. Then I put the riskiest piece first, and tell the team what I will not do.',
      outage:
        'The order page went down after a release. I rolled back first, wrote down what we saw, and only then looked for the cause.',
      'trade-off':
        'We could have a fast search or a simple one. I chose simple, because two people had to look after it.',
    },
  },
  {
    key: 'robin-paperlake',
    name: 'Robin Paperlake',
    language: 'en',
    voice: { variant: 'm3', pitch: 42, wordsPerMinute: 160 },
    recorder: 'mp4-opus',
    look: { palette: 'sand', room: 'window', hairStyle: 'short' },
    answers: {
      plan: 'I plan in half days. Mornings are for the hard problem, afternoons for reviews, and one afternoon stays empty for surprises.',
      outage:
        'A full disk stopped our queue. I freed space to stop the damage, told support what to say, and added the alarm we had missed.',
      'trade-off':
        'Caching made pages quick but wrong for a minute. For prices that was not acceptable, for pictures it was.',
    },
  },
  {
    key: 'bai-yifan',
    name: '白一帆',
    language: 'zh-CN',
    voice: { variant: 'm1', pitch: 46, wordsPerMinute: 165 },
    recorder: 'mp4-opus',
    look: { palette: 'heather', room: 'plant', hairStyle: 'cap' },
    answers: {
      plan: '我每周一先写下周五要交付的结果，把风险最大的部分放在最前面，然后告诉团队哪些事情这周不做。',
      outage:
        '有一次发布以后支付失败。我先回滚，让用户可以继续使用，然后对照日志找到超时的原因，最后补上了监控。',
      'trade-off': '我们可以自己写调度，也可以用现成的队列。我选了现成的，因为团队只有三个人，要维护很多年。',
    },
  },
  {
    key: 'clover-marsh',
    name: 'Clover Marsh',
    language: 'en',
    voice: { variant: 'f4', pitch: 58, wordsPerMinute: 176 },
    recorder: 'webm',
    look: { palette: 'sage', room: 'plant', mirrored: true, hairStyle: 'bun' },
    answers: {
      plan: 'I ask what would hurt most if it slipped, and start there. On Wednesday I check again, because by then I know more.',
      outage:
        'Our importer doubled every row. I stopped it, counted the damage, and wrote the clean-up so that it could run twice safely.',
      'trade-off':
        'One table was easy to read, two were safer to change. We took two, and a view for the people who only read.',
    },
  },
  {
    key: 'lin-xiaozhou',
    name: '林小舟',
    language: 'zh-CN',
    voice: { variant: 'f3', pitch: 55, wordsPerMinute: 170 },
    recorder: 'mp4-aac',
    look: { palette: 'harbour', room: 'lamp', hairStyle: 'bob' },
    answers: {
      plan: '我会先问清楚谁在等这个结果，再决定顺序。每天下班以前，我花十分钟把明天的第一件事写下来。',
      outage: '数据库连接用完了，接口全部变慢。我先限制流量，再找到没有关闭的连接，修好以后写了复盘。',
      'trade-off': '快速上线和完整测试之间，我选择先上线一小部分用户，看到数据稳定以后再全部打开。',
    },
  },
  {
    key: 'teddy-larch',
    name: 'Teddy Larch',
    language: 'en',
    voice: { variant: 'm5', pitch: 36, wordsPerMinute: 152 },
    recorder: 'mp4-aac',
    look: { palette: 'clay', room: 'shelves', mirrored: true, hairStyle: 'curls' },
    answers: {
      plan: 'Small steps that can each be shipped. If a step takes longer than two days, I have not understood it, and I cut it again.',
      outage:
        'A certificate ran out on a Sunday. I renewed it by hand, then made sure that no person has to remember it ever again.',
    },
  },
  {
    key: 'wren-halloway',
    name: 'Wren Halloway',
    language: 'en',
    voice: { variant: 'f1', pitch: 48, wordsPerMinute: 164 },
    recorder: 'webm',
    look: { palette: 'dusk', room: 'window', mirrored: true, hairStyle: 'scarf' },
    answers: {
      plan: 'I write the update for Friday first. When I can say in three sentences what will be done, the plan is nearly there.',
      outage:
        'Messages arrived twice. I looked at one message from end to end, found the retry, and gave each of them a key.',
    },
  },
  {
    key: 'yun-duoduo',
    name: '云朵朵',
    language: 'zh-CN',
    voice: { variant: 'f5', pitch: 60, wordsPerMinute: 172 },
    recorder: 'mp4-opus',
    look: { palette: 'oat', room: 'lamp', mirrored: true, hairStyle: 'long' },
    answers: {
      plan: '我把工作分成必须做、应该做和可以等三类。必须做的事情不超过三件，这样每天都能看到进展。',
    },
  },
].map(({ look, ...persona }) => ({ ...persona, look: { ...look, colours: PALETTES[look.palette] } }));

/** Names for the colours of a room and of a figure, in the order they are written above. */
function palette(room, figure) {
  const [wall, shade, line, light, leaf] = room.split(' ');
  const [body, bodyShade, skin, skinShade, hair] = figure.split(' ');
  return { wall, shade, line, light, leaf, body, bodyShade, skin, skinShade, hair };
}
