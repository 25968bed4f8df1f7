/** What the engine writes into a ticket's log for the people who read it. They work in Chinese, whatever the customer speaks. */
import type { HandoffReason } from '../vocabulary';

export const notes = {
  handedOff: {
    asked: '客户要求人工',
    misses: '机器人两次没能答上',
    refused: '客户不愿提供必要资料',
    urgent: '紧急事项',
    broke: '系统未能处理',
    abuse: '客户情绪激动，言语不当',
  } satisfies Record<HandoffReason, string>,
  completed: '客户已填完登记',
  leftQueue: '客户不再等待人工',
  stoppedAnswering: '客户不再回答提问',
  fellSilent: '客户中途没有回应，请跟进',
  /** A message that could not be handled while a person has the chat. */
  failed: (reason: string): string => `【系统】有一条消息未能处理：${reason}`,
  programStopped: '程序每次处理这条消息都会中断',
  cameBack: '客户又回来了',
} as const;
