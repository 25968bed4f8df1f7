/** <qiao-chat>: the widget as an element of any page, its looks and its inside shut off from the page's own. */
import { type Chat, createChat } from './chat';
import { copyFor, localeOf } from './copy';
import { button, h, icon } from './dom';
import { createPanel, type Panel } from './panel';
import style from './style.css?inline';

/** Where this script came from is where the desk is; asked while the script runs, later nobody knows. */
const script = document.currentScript instanceof HTMLScriptElement ? document.currentScript : null;
export const scriptOrigin = script?.src ? new URL(script.src).origin : location.origin;
export const scriptOptions: Readonly<Record<string, string | undefined>> = { ...script?.dataset };

/** A constructed sheet is no inline style, so strict content policies allow it; browsers too old for it get a style element. */
function dress(root: ShadowRoot): void {
  if (!('adoptedStyleSheets' in root)) return void Node.prototype.appendChild.call(root, h('style', {}, style));
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(style);
  root.adoptedStyleSheets = [sheet];
}

/**
 * Attributes: `account`, `server` (origin of the desk), `lang` (zh, en), `heading`, `open` (from the start),
 * `inline` (fills its place in the page, no launcher).
 */
export class QiaoChat extends HTMLElement {
  #chat: Chat | undefined;
  #panel: Panel | undefined;
  #launcher: HTMLButtonElement | undefined;

  connectedCallback(): void {
    if (this.#chat) return;
    const root = this.shadowRoot ?? this.attachShadow({ mode: 'open' });
    const inline = this.hasAttribute('inline');
    const server = this.getAttribute('server') ?? scriptOrigin;
    const locale = localeOf(this.getAttribute('lang'), navigator.language);
    const copy = copyFor(locale);
    const chat = createChat({ server, account: this.getAttribute('account'), locale });
    const heading = this.getAttribute('heading') ?? copy.title;
    const panel = createPanel({ chat, copy, locale, server, heading, close: inline ? null : () => this.close() });
    const badge = h('span', { class: 'badge', hidden: true });
    const launcher = button(
      { class: 'launcher', 'aria-expanded': 'false', 'aria-label': copy.launcher },
      () => this.open(),
      icon('bridge'),
      badge,
    );
    [this.#chat, this.#panel, this.#launcher] = [chat, panel, launcher];
    root.replaceChildren(...(inline ? [] : [launcher]), panel.node);
    dress(root);
    panel.node.hidden = true;
    chat.watch((view) => {
      panel.draw(view);
      badge.hidden = view.unread === 0;
      badge.textContent = view.unread > 99 ? '99+' : String(view.unread);
      launcher.setAttribute('aria-label', view.unread ? copy.launcherUnread(view.unread) : copy.launcher);
    });
    if (inline || this.hasAttribute('open')) this.#show();
    // Somebody who talked to us before may have an answer waiting.
    else if (chat.known()) chat.connect();
  }

  disconnectedCallback(): void {
    this.#chat?.close();
    this.#chat = undefined;
  }

  open(): void {
    this.#show();
    this.#panel?.focus();
  }

  close(): void {
    if (!this.#panel || this.hasAttribute('inline')) return;
    this.#panel.node.hidden = true;
    this.#chat?.look(false);
    this.#launcher?.setAttribute('aria-expanded', 'false');
    if (this.#launcher) this.#launcher.hidden = false;
    this.#launcher?.focus();
  }

  /** Opens the chat with this question ready to be sent. */
  ask(text: string): void {
    this.#show();
    this.#panel?.fill(text);
  }

  #show(): void {
    if (!this.#panel || !this.#chat) return;
    this.#panel.node.hidden = false;
    this.#launcher?.setAttribute('aria-expanded', 'true');
    if (this.#launcher) this.#launcher.hidden = true;
    this.#chat.connect();
    this.#chat.look(true);
    this.#panel.shown();
  }
}
