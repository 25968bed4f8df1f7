// A question from the list goes into the chat, ready to be sent; the embed line shows this very server.
const chat = document.querySelector('qiao-chat');
for (const question of document.querySelectorAll('.questions button')) {
  question.addEventListener('click', () => chat?.ask(question.textContent));
}
const widget = new URL('widget.js', location.href);
for (const snippet of document.querySelectorAll('.snippet')) snippet.textContent = `<script src="${widget}" defer></${'script'}>`;
