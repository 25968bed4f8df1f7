/** The contract of a platform's own directory of families: who may write to us before they did. */

/** One child of a parent, as the school keeps it. */
export type Child = Readonly<{ name: string; school: string; className: string; relation?: string }>;
/** A parent whom the platform knows under the id their messages will carry. */
export type Family = Readonly<{ user: string; phone?: string; children: readonly Child[] }>;
/** `unreachable`: parents the platform cannot tell us the id of, because they never opened it. */
export type FamilyDirectory = Readonly<{ schools: readonly string[]; families: readonly Family[]; students: number; unreachable: number }>;
/** So many classes of so many are read. */
export type Progress = (done: number, all: number) => void;
