// Runs the Slack emulator as a program of its own: it ships as an ES module only. Prints its address, ends with its parent.
import { createEmulator } from 'emulate';

const seed = JSON.parse(process.argv[2]);
const emulator = await createEmulator({ service: 'slack', port: Number(process.argv[3]), seed });
// Ctrl+C reaches every process of the terminal; this one ends when whoever started it is done.
process.on('SIGINT', () => undefined);
process.on('disconnect', () => process.exit(0));
process.send({ url: emulator.url });
