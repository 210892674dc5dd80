// telegram-test-api behind a shim that mends what python-telegram-bot cannot read: getMe without `is_bot`, sent messages that give
// back the request's parameters and a date in milliseconds, pressed buttons without `chat_instance`.
// Arguments: the port to serve, a port for the emulator itself.
const http = require("node:http");
const TelegramServer = require("telegram-test-api");

const [port, inner] = process.argv.slice(2).map(Number);

function mended(path, body) {
  const answer = JSON.parse(body);
  if (path.endsWith("/getMe")) answer.result.is_bot = true;
  if (/^\/bot.*\/sendMessage$/.test(path)) {
    const { message_id, date, chat, text } = answer.result;
    answer.result = { message_id, date: Math.floor(date / 1000), chat, text };
  }
  if (/^\/bot.*\/getUpdates$/.test(path)) {
    for (const { callback_query } of answer.result) if (callback_query) callback_query.chat_instance = "1";
  }
  return JSON.stringify(answer);
}

const shim = http.createServer((request, response) => {
  const onward = http.request(
    { host: "127.0.0.1", port: inner, path: request.url, method: request.method, headers: request.headers },
    (answer) => {
      const parts = [];
      answer.on("data", (part) => parts.push(part));
      answer.on("end", () => {
        const body = mended(request.url, Buffer.concat(parts).toString("utf8"));
        response.writeHead(answer.statusCode, { "Content-Type": "application/json", "Content-Length": Buffer.byteLength(body) });
        response.end(body);
      });
    },
  );
  onward.on("error", () => response.destroy());
  request.pipe(onward);
});

new TelegramServer({ port: inner, host: "127.0.0.1", storage: "RAM" }).start().then(() => shim.listen(port, "127.0.0.1"));
