/**
 * The consent notice every organisation starts with, in the languages we ship. An organisation replaces it with a new
 * version of its own; what was agreed to stays on record by version and digest.
 */
export const defaultNotice = {
  en: [
    'What we record. When you press record, your camera and microphone are recorded for that answer only, and sent to this organisation while you speak. Practice and the device check stay on your device.',
    'Why. The recordings are used to assess your application for this position, and for nothing else. No software judges your face, your voice or your feelings; people watch your answers and score them against a written guide.',
    'Who sees it. The recruiters of this organisation and the reviewers they chose for this position. The operator of this installation keeps the servers running and can technically reach the data.',
    'How long. The organisation deletes your recordings, scores and messages at the end of the retention period shown beside this notice, counted from the decision, or earlier when you ask for it.',
    'Your rights. You may stop at any time, ask for another format, ask for a copy, and ask for everything to be deleted. Refusing or stopping has no effect on other applications. Write to the contact shown on this page.',
  ].join('\n\n'),
  'zh-CN': [
    '录制什么。只有在您按下录制后，才会录制该回答的摄像头画面和麦克风声音，并在您说话时传送给本组织。练习和设备检测只留在您的设备上。',
    '用途。录制内容仅用于评估您对该职位的申请，不作他用。没有任何软件评判您的面部、声音或情绪；由真人观看您的回答，并按书面标准评分。',
    '谁能看到。本组织的招聘人员，以及他们为该职位选定的评审人。本系统的运营者负责维护服务器，技术上可以接触数据。',
    '保存多久。自作出决定起，在本须知旁所示的保存期限届满时，本组织会删除您的录像、评分和消息；如您要求，也会提前删除。',
    '您的权利。您可以随时停止，要求换一种形式，索取副本，或要求删除全部内容。拒绝或停止不影响您的其他申请。请通过本页所示的联系方式提出。',
  ].join('\n\n'),
} as const;
