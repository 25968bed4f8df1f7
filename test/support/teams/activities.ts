/** Activities as Teams and Web Chat post them; the shapes are those of the vendor's protocol documents. */

export const BOT = { id: '28:bot', name: 'Qiao' };
export type Change = Readonly<Record<string, unknown>>;

/** Of one person in their own chat with the bot. */
export const personal = (user: string): Change => ({
  channelId: 'msteams',
  from: { id: `29:${user}`, name: '王老师', aadObjectId: 'b1a1e0a0-0000-4000-8000-000000000001' },
  recipient: BOT,
  conversation: { conversationType: 'personal', id: `a:${user}`, tenantId: 'c2b2e0a0-0000-4000-8000-000000000002' },
  locale: 'zh-CN',
});

/** Of one person in a chat of several. */
export const inGroup = (user: string, group: string): Change => ({
  ...personal(user),
  conversation: { conversationType: 'groupChat', isGroup: true, id: group, tenantId: 'c2b2e0a0-0000-4000-8000-000000000002' },
});

/** `words` name the bot first, as Teams writes it. */
export const mentioning = (words: string): Change => ({
  text: `<at>Qiao</at>&nbsp;${words}`,
  entities: [
    { type: 'clientInfo', locale: 'zh-CN', country: 'CN' },
    { type: 'mention', mentioned: BOT, text: '<at>Qiao</at>' },
  ],
});

export const message = (id: string, text: string): Change => ({ type: 'message', id, text, textFormat: 'plain' });
