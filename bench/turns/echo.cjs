// The floor: express parses a JSON body and sends it back.
const express = require('express');

const app = express();
app.post('/messages', express.json(), (request, response) => {
  response.json({ text: request.body.text });
});
const server = app.listen(0, '127.0.0.1', () => process.stdout.write(`http://127.0.0.1:${server.address().port}\n`));
