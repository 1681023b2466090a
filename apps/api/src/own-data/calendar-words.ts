interface CalendarWords {
  summary: (title: string, organisation: string) => string;
  description: (organisation: string) => string;
}

const english: CalendarWords = {
  summary: (title, organisation) => `Last time to answer: ${title}, ${organisation}`,
  description: (organisation) =>
    `Your recorded interview with ${organisation} closes at the end of this entry. The link is in your invitation.`,
};

const chinese: CalendarWords = {
  summary: (title, organisation) => `最后答题时间：${title}，${organisation}`,
  description: (organisation) => `您与${organisation}的录制式面试在此时间结束后关闭。链接在您的邀请中。`,
};

/** Words of a calendar entry in the reader's language; English where there are none. */
export const calendarWords = (locale: string): CalendarWords => (locale.startsWith('zh') ? chinese : english);
