// Answers each request with what Node's own parser made of it, in X-Echo; see Echo.java.
'use strict';
const http = require('http');
const crypto = require('crypto');

function lines(raw) {
  const all = [];
  for (let i = 0; i < raw.length; i += 2) {
    all.push(`${raw[i]}: ${raw[i + 1]}`);
  }
  return all;
}

function echo(request, response) {
  const hash = crypto.createHash('sha256');
  let length = 0;
  request.on('data', (chunk) => {
    length += chunk.length;
    hash.update(chunk);
  });
  request.on('end', () => {
    const text = [request.method, request.url, length, hash.digest('hex'),
      ...lines(request.rawHeaders), '', ...lines(request.rawTrailers)].join('\n');
    response.setHeader('X-Echo', Buffer.from(text, 'latin1').toString('base64'));
    response.end('ok');
  });
}

const server = http.createServer({ keepAliveTimeout: 600000, requestTimeout: 0, headersTimeout: 0 }, echo);
server.maxRequestsPerSocket = 0;
// An upgrade that nobody wants is an ordinary request (RFC 9110, 7.8).
if ('shouldUpgradeCallback' in server) {
  server.shouldUpgradeCallback = () => false;
}
server.listen(0, '127.0.0.1', () => console.log(server.address().port));
process.stdin.resume();
process.stdin.on('end', () => process.exit(0));
