// The peer: five fields asked by botbuilder-dialogs over the same express, state kept in memory only.
const express = require('express');
const { CloudAdapter, ConfigurationBotFrameworkAuthentication, ConversationState, MemoryStorage, ActivityHandler } = require('botbuilder');
const { ComponentDialog, ConfirmPrompt, DialogSet, DialogTurnStatus, TextPrompt, WaterfallDialog } = require('botbuilder-dialogs');

const conversationState = new ConversationState(new MemoryStorage());
const accessor = conversationState.createProperty('dialog');
const fields = [
  ['school', '请问孩子在哪所学校?'],
  ['class', '请问在哪个班?'],
  ['name', '请问孩子叫什么名字?'],
  ['phone', '请留一个手机号码。'],
  ['issue', '请说说是什么事。'],
];

class Intake extends ComponentDialog {
  constructor() {
    super('intake');
    this.addDialog(new TextPrompt('text'));
    this.addDialog(new TextPrompt('phone', async (prompt) => /^1[3-9]\d{9}$/.test(prompt.recognized.value ?? '')));
    this.addDialog(new ConfirmPrompt('confirm', undefined, 'zh-cn'));
    const steps = fields.map(([name, question], index) => async (step) => {
      if (index > 0) step.values[fields[index - 1][0]] = step.result;
      return step.prompt(name === 'phone' ? 'phone' : 'text', question);
    });
    steps.push(async (step) => {
      step.values.issue = step.result;
      return step.prompt('text', fields.map(([name]) => `${name}: ${step.values[name]}`).join('\n'));
    });
    steps.push(async (step) => {
      await step.context.sendActivity('已登记。');
      return step.endDialog(step.values);
    });
    this.addDialog(new WaterfallDialog('steps', steps));
    this.initialDialogId = 'steps';
  }
}

const dialogs = new DialogSet(accessor);
dialogs.add(new Intake());
class Bot extends ActivityHandler {
  constructor() {
    super();
    this.onMessage(async (context, next) => {
      const dialogContext = await dialogs.createContext(context);
      const result = await dialogContext.continueDialog();
      if (result.status === DialogTurnStatus.empty) await dialogContext.beginDialog('intake');
      await next();
    });
  }
  async run(context) {
    await super.run(context);
    await conversationState.saveChanges(context);
  }
}

const bot = new Bot();
const adapter = new CloudAdapter(new ConfigurationBotFrameworkAuthentication({}));
const app = express();
app.post('/api/messages', express.json(), (request, response) => {
  adapter.process(request, response, (context) => bot.run(context));
});
const server = app.listen(0, '127.0.0.1', () => process.stdout.write(`http://127.0.0.1:${server.address().port}\n`));
